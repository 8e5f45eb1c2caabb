import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Level } from '@throughline/core'
import { linkProblem } from '../render/link.js'
import type { CatalogueFormat, RenderOptions } from '../render/options.js'
import { CommandError } from './command-error.js'

/** What `throughline events` was asked for. */
export interface EventsOptions {
  readonly tsconfigs: readonly string[]
  readonly out?: string
  readonly check?: string
  readonly strict: boolean
  readonly format: CatalogueFormat
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly allowList?: string
  readonly minLevel?: Level
  readonly link?: string
  readonly lines: boolean
}

/** What is read where no project is named. */
export const DEFAULT_TSCONFIG = 'tsconfig.json'

/** @throws CommandError for options that contradict each other */
export function assertConsistent(options: EventsOptions, cwd: string): void {
  const { out, check, allowList, link, lines } = options
  if (out !== undefined && check !== undefined) {
    throw new CommandError('--out writes and --check compares: give one of them')
  }
  const target = out ?? check
  if (target !== undefined && allowList !== undefined && resolve(cwd, target) === resolve(cwd, allowList)) {
    throw new CommandError(`--allow-list and --${out === undefined ? 'check' : 'out'} name the same file`)
  }
  const problem = link === undefined ? undefined : linkProblem(link, lines)
  if (problem !== undefined) throw new CommandError(`--link ${link}: ${problem}`)
}

export function renderOptions({ lines, link, minLevel }: EventsOptions): RenderOptions {
  return { lines, link, minLevel }
}

/** The projects to read: that of a folder is its `tsconfig.json`, as for the compiler. */
export function projectFiles({ tsconfigs }: EventsOptions, cwd: string): string[] {
  const named = tsconfigs.length === 0 ? [DEFAULT_TSCONFIG] : tsconfigs
  return named.map((path) => {
    const isFolder = statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() === true
    return isFolder ? join(path, DEFAULT_TSCONFIG) : path
  })
}
