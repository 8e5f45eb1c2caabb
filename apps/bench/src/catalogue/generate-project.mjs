import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const DOMAINS = ['orders', 'billing', 'mail', 'search', 'teams', 'drafts', 'players', 'reports']
const LEVELS = ['info', 'debug', 'warn', 'error', 'trace', 'info', 'info', 'warn']

/**
 * Writes a project as NestJS applications look: services with injected loggers, base classes, enums, templates,
 * spreads and code without logging. The same parameters always write the same files.
 *
 * @param {object} parameters
 * @param {string} parameters.folder where to write it; must exist
 * @param {number} parameters.files how many source files
 * @param {number} parameters.lines how many lines in all
 * @param {number} parameters.sites how many calls that log
 * @param {object} [parameters.compilerOptions] added to those of the tsconfig
 * @returns {{ tsconfig: string, lines: number, sites: number }} what was written
 */
export function generateProject({ folder, files, lines, sites, compilerOptions = {} }) {
  const write = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
    return text.split('\n').length - 1
  }
  write('package.json', '{ "name": "generated", "type": "module" }\n')
  write(
    'tsconfig.json',
    `${JSON.stringify({ compilerOptions: { ...OPTIONS, ...compilerOptions }, include: ['src'] }, null, 2)}\n`,
  )
  let written = write('src/shared/base.service.ts', BASE) + write('src/shared/events.ts', EVENTS)
  let sitesLeft = sites
  const services = Math.max(files - 2, 1)
  for (let at = 0; at < services; at++) {
    const left = services - at
    const own = Math.round(sitesLeft / left)
    sitesLeft -= own
    const length = Math.round((lines - written) / left)
    written += write(`src/${domainOf(at)}/${fileOf(at)}.ts`, service(at, own, length))
  }
  return { tsconfig: join(folder, 'tsconfig.json'), lines: written, sites: sites - sitesLeft }
}

const OPTIONS = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  outDir: 'dist',
  rootDir: 'src',
}

const BASE = `import type { Logger } from '@throughline/core'

export interface Entity {
  readonly id: string
  readonly owner?: number
  readonly tags: readonly string[]
}

export abstract class BaseService<D extends string> {
  protected constructor(protected readonly log: Logger<D, { service: string }>) {}

  protected of(entity: Entity) {
    return this.log.bind({ 'entity.id': entity.id, 'entity.owner': entity.owner })
  }
}
`

const EVENTS = `export enum Event {
  Created = 'created',
  Deleted = 'deleted',
  Renamed = 'renamed',
}

export const STEPS = { start: 'step.started', end: 'step.ended' } as const

export type Kind = 'first' | 'second' | 'third'
`

function domainOf(at) {
  return DOMAINS[at % DOMAINS.length]
}

function fileOf(at) {
  return `${domainOf(at)}-${at}.service`
}

/** Every third service extends the base, every other third is injected by decorator, the rest make their own. */
function service(at, sites, length) {
  const domain = domainOf(at)
  const head = [
    `import { getLogger, type Logger } from '@throughline/core'`,
    `import { InjectLogger } from '@throughline/nestjs'`,
    `import { BaseService, type Entity } from '../shared/base.service.js'`,
    `import { Event, type Kind, STEPS } from '../shared/events.js'`,
    at >= DOMAINS.length
      ? `import { total${at - DOMAINS.length} } from './${fileOf(at - DOMAINS.length)}.js'`
      : '',
    '',
    ...classHead(at, domain),
  ]
  const tail = ['}', '', `export const total${at} = (entities: readonly Entity[]): number => ${earlier(at)}`]
  const body = []
  for (let site = 0; site < sites; site++) body.push(...method(at, site))
  const filling = Math.max(length - head.length - body.length - tail.length, 0)
  return `${[...head, ...body, ...quiet(filling), ...tail].join('\n')}\n`
}

function classHead(at, domain) {
  const name = `Service${at}`
  if (at % 3 === 0) {
    return [
      `export class ${name} extends BaseService<'${domain}'> {`,
      `  constructor(private readonly own: Logger<'${domain}', {}>, private readonly kind: Kind) {`,
      `    super(getLogger('${domain}').bind({ service: '${name}' }))`,
      '  }',
    ]
  }
  if (at % 3 === 1) {
    return [
      `export class ${name} {`,
      `  constructor(@InjectLogger('${domain}') private readonly log: Logger, private readonly kind: Kind) {}`,
      '  private of(entity: Entity) { return this.log.bind({ id: entity.id, tags: entity.tags }) }',
    ]
  }
  return [
    `export class ${name} {`,
    `  private readonly log = getLogger('${domain}').bind({ service: ${name}.name })`,
    '  constructor(private readonly kind: Kind) {}',
    '  private of(entity: Entity) { return this.log.bind({ id: entity.id, count: entity.tags.length }) }',
  ]
}

function earlier(at) {
  return at >= DOMAINS.length
    ? `total${at - DOMAINS.length}(entities) + entities.length`
    : 'entities.reduce((sum, { tags }) => sum + tags.length, 0)'
}

/** One call that logs, in the forms that are common. */
function method(at, site) {
  const level = LEVELS[site % LEVELS.length]
  const call = CALLS[(at + site) % CALLS.length](level, site)
  return [
    `  step${site}(entity: Entity, extra: { retries: number; reason?: string }, on: boolean) {`,
    `    ${call}`,
    '  }',
  ]
}

const CALLS = [
  (level, site) => `this.log.${level}('step_${site}_done', { id: entity.id, on })`,
  (level) => `this.of(entity).${level}(Event.Created, { ...extra, on })`,
  (level) => `this.log.${level}(\`\${this.kind}.passed\`, { kind: this.kind, tags: entity.tags })`,
  (level, site) => `this.log.bind({ site: ${site} }).${level}(STEPS.start, extra)`,
  (level, site) =>
    `try { this.quiet0(entity) } catch (error) { this.log.exception('step_${site}_failed', error, { ...(on && extra) }) }`,
  (level) => `const log = on ? this.log : this.of(entity); log.${level}(on ? 'turned_on' : 'turned_off')`,
]

/** Code that does not log, of about so many lines. */
function quiet(length) {
  const lines = ['  private quiet0(entity: Entity): string[] { return entity.tags.map((tag) => tag.trim()) }']
  for (let at = 1; lines.length + 6 <= length; at++) {
    lines.push(
      `  private quiet${at}(entities: readonly Entity[]): Map<string, number> {`,
      '    const counts = new Map<string, number>()',
      '    for (const { tags } of entities) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)',
      `    console.log('counted', counts.size, Math.max(...counts.values()))`,
      '    return counts',
      '  }',
    )
  }
  while (lines.length < length) lines.push('')
  return lines
}
