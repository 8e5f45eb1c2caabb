import { resolve } from 'node:path'
import type { Catalogue } from '../catalogue.js'
import { formOf } from '../read/form.js'
import { renderAllowList } from '../render/allow-list.js'
import { renderCatalogue } from '../render/render.js'
import { CommandError } from './command-error.js'
import { difference } from './difference.js'
import { type EventsOptions, renderOptions } from './events-options.js'
import { mendingCommand } from './mending-command.js'
import type { Terminal } from './terminal.js'
import { assertNoFolder, readTextFile, writeTextFile } from './text-file.js'

/** Takes a catalogue to where it was asked for; false where a file differs from what it should hold. */
export type Delivery = (catalogue: Catalogue) => boolean

/**
 * Looks at the files before the scan, which may take a while, and says what is to be done with the catalogue: to write
 * it and the allow-list, or to compare both where `--check` is given.
 *
 * @throws CommandError for a file that cannot be read or written; the delivery does too
 */
export function prepareDelivery(options: EventsOptions, terminal: Terminal): Delivery {
  const { out, check, allowList } = options
  const named = (path: string | undefined): string[] => (path === undefined ? [] : [path])
  const paths = [...named(out ?? check), ...named(allowList)]
  if (check !== undefined) {
    const found = paths.map((path) => [path, existing(path, options, terminal)] as const)
    assertForm(check, found[0]?.[1] ?? '', options)
    return (catalogue) => compare(textsOf(catalogue, options), new Map(found), options, terminal)
  }
  for (const path of paths) assertNoFolder(resolve(terminal.cwd, path), path)
  return (catalogue) => {
    const texts = textsOf(catalogue, options)
    if (out === undefined) terminal.stdout.write(texts.catalogue)
    else write(out, texts.catalogue, terminal)
    if (allowList !== undefined) write(allowList, texts.allowList, terminal)
    return true
  }
}

interface Texts {
  readonly catalogue: string
  readonly allowList: string
}

function textsOf(catalogue: Catalogue, options: EventsOptions): Texts {
  return {
    catalogue: renderCatalogue(catalogue, options.format, renderOptions(options)),
    allowList: renderAllowList(catalogue),
  }
}

function write(path: string, text: string, { cwd, stderr }: Terminal): void {
  const isNew = writeTextFile(resolve(cwd, path), text, path)
  stderr.write(`${path}: ${isNew ? 'written' : 'up to date'}\n`)
}

/** All of them, so that one run shows everything that is to be mended. */
function compare(
  texts: Texts,
  found: ReadonlyMap<string, string>,
  options: EventsOptions,
  { stdout, stderr }: Terminal,
): boolean {
  const outdated = [...found].filter(([path, text]) => {
    const patch = difference(path, text, path === options.allowList ? texts.allowList : texts.catalogue)
    if (patch === undefined) stderr.write(`${path}: up to date\n`)
    else stdout.write(patch)
    return patch !== undefined
  })
  if (outdated.length === 0) return true
  const paths = outdated.map(([path]) => path).join(' and ')
  const verb = outdated.length === 1 ? 'differs' : 'differ'
  stderr.write(`${paths} ${verb} from the code; to mend: ${mendingCommand(options)}\n`)
  return false
}

/** What `--check` is pointed at by mistake must not be called out of date: mending it would overwrite it. */
function assertForm(path: string, text: string, { format }: EventsOptions): void {
  const form = formOf(text)
  if (form === format || text.trim() === '') return
  throw new CommandError(
    form === undefined
      ? `${path} is not an event catalogue: name the file that \`throughline events --out\` has written`
      : `${path} is a catalogue in the form ${form}: give --format ${form}`,
  )
}

function existing(path: string, options: EventsOptions, { cwd }: Terminal): string {
  try {
    return readTextFile(resolve(cwd, path), path)
  } catch (error) {
    throw new CommandError(`${(error as Error).message}; to make it: ${mendingCommand(options)}`)
  }
}
