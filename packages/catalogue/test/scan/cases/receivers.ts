import { CORE, type WrittenCase } from './written-case.js'

export const receiverCases: readonly WrittenCase[] = [
  {
    title: 'follows barrels and namespaces of several levels',
    code: {
      'log.ts': `${CORE}\nexport const log = getLogger('deep')`,
      'one.ts': `export * from './log'`,
      'two.ts': `export * as inner from './one'`,
      'a.ts': `import * as all from './two'\nall.inner.log.info('found')`,
    },
    finds: ['a.ts:2 info deep.found'],
  },
  {
    title: 'finds loggers in records, maps, arrays and tuples',
    code: `
${CORE}
const record: Record<string, Logger<'record', { r: number }>> = {}
record['x']?.info('one')
const map = new Map([['a', getLogger('map')]])
map.get('a')?.info('two')
const list = [getLogger('list')]
list[0]?.info('three')
for (const log of list) log.info('four')
list.forEach((log) => log.warn('five'))
for (const log of [getLogger('x'), getLogger('y')] as const) log.info('six')`,
    finds: [
      'a.ts:3 info record.one | r: number',
      'a.ts:5 info map.two',
      'a.ts:7 info list.three',
      'a.ts:8 info list.four',
      'a.ts:9 warn list.five',
      'a.ts:10 info x.six',
      'a.ts:10 info y.six',
    ],
  },
  {
    title: 'takes a union of loggers for each of them',
    code: `
${CORE}
export function f(log: Logger<'a', { one: 1 }> | Logger<'b', { two: 2 }> | undefined) { log?.info('done') }
export function g(log: Logger<'a' | 'b'> | null) { log?.info('done') }`,
    finds: [
      'a.ts:2 info a.done | one: number',
      'a.ts:2 info b.done | two: number',
      'a.ts:3 info a.done',
      'a.ts:3 info b.done',
    ],
  },
  {
    title: 'takes an interface that extends a logger for one',
    code: `
${CORE}
interface Audit extends Logger<'audit', { actor: string }> { extra(): void }
export function f(audit: Audit) { audit.info('changed'); audit.bind({ n: 1 }).warn('odd') }`,
    finds: ['a.ts:3 info audit.changed | actor: string', 'a.ts:3 warn audit.odd | actor: string, n: number'],
  },
  {
    title: 'takes an intersection with a logger for one',
    code: `
${CORE}
export function f(log: Logger<'mixed', { a: number }> & { readonly tag: string }) { log.info('seen') }`,
    finds: ['a.ts:2 info mixed.seen | a: number'],
  },
  {
    title: 'keeps loggers apart when interfaces merge',
    code: `
${CORE}
interface Deps { readonly log: Logger<'deps'> }
interface Deps { readonly other: Logger<'other'> }
export function f({ log, other }: Deps) { log.info('one'); other.info('two') }`,
    finds: ['a.ts:4 info deps.one', 'a.ts:4 info other.two'],
  },
  {
    title: 'finds a logger in a namespace and in a static block',
    code: `
${CORE}
namespace Jobs { export const log = getLogger('jobs'); export function run() { log.info('run') } }
export class Boot {
  static readonly #log = getLogger('boot')
  static { this.#log.info('loaded'); Jobs.log.warn('outside') }
}`,
    finds: ['a.ts:2 info jobs.run', 'a.ts:5 info boot.loaded', 'a.ts:5 warn jobs.outside'],
  },
  {
    title: 'finds a logger of a private name and of an arrow function in a field',
    code: `
${CORE}
export class A {
  #log = getLogger('private')
  handler = async (id: number) => { this.#log.info('handled', { id }) }
  nested() { return () => { const self = this; self.#log.debug('nested') } }
}`,
    finds: ['a.ts:4 info private.handled | id: number', 'a.ts:5 debug private.nested'],
  },
  {
    title: 'finds a logger that `using` holds',
    code: `
${CORE}
declare function open(): Logger<'unit', { id: string }> & Disposable
export function f() { using log = open(); log.info('opened') }`,
    finds: ['a.ts:3 info unit.opened | id: string'],
  },
  {
    title: 'finds a logger that a generic function hands on',
    code: `
${CORE}
function withJob<D extends string, B extends object>(log: Logger<D, B>, id: string) { return log.bind({ 'job.id': id }) }
function same<L extends Logger>(log: L): L { return log }
withJob(getLogger('jobs').bind({ queue: 'q' }), '1').info('started')
same(getLogger('same')).info('passed')`,
    finds: ['a.ts:4 info jobs.started | job.id: string, queue: string', 'a.ts:5 info same.passed'],
  },
  {
    title: 'finds a logger that overloads tell apart',
    code: `
${CORE}
function pick(kind: 'a'): Logger<'first'>
function pick(kind: 'b'): Logger<'second'>
function pick(kind: string): Logger { return getLogger(kind) }
pick('a').info('one')
pick('b').info('two')`,
    finds: ['a.ts:5 info first.one', 'a.ts:6 info second.two'],
  },
  {
    title: 'calls through parentheses, assertions and comma expressions',
    code: `
${CORE}
const log: Logger<'x'> | undefined = getLogger('x')
;(log).info('one')
;(log!).info('two')
;(log as Logger<'x', { a: number }>).info('three')
;(console.log(), log).info('four')
log?.['warn']?.('five')`,
    finds: [
      'a.ts:3 info x.one',
      'a.ts:4 info x.two',
      'a.ts:5 info x.three',
      'a.ts:6 info x.four',
      'a.ts:7 warn x.five',
    ],
  },
  {
    title: 'reads the level where a few levels choose the method',
    code: `
${CORE}
const log = getLogger('x')
export function f(level: 'info' | 'warn') { log[level]('chosen', { n: 1 }) }`,
    finds: ['a.ts:3 info x.chosen | n: number', 'a.ts:3 warn x.chosen | n: number'],
  },
  {
    title: 'finds a mixin of a mixin and a class expression',
    code: `
${CORE}
type Ctor<T = object> = new (...args: any[]) => T
const Logs = <B extends Ctor>(Base: B) => class extends Base { protected readonly log = getLogger('mix') }
const Named = <B extends Ctor>(Base: B) => class extends Base { title() { return 'x' } }
export class Both extends Named(Logs(Object)) { run() { this.log.info('ran', { title: this.title() }) } }`,
    finds: ['a.ts:5 info mix.ran | title: string'],
  },
  {
    title: 'finds loggers of async factories, also when they are kept as promises',
    code: `
${CORE}
const ready = (async () => getLogger('later').bind({ n: 1 }))()
export async function f() {
  (await ready).info('one')
  const log = await ready
  log.info('two')
  await ready.then((it) => it.info('three'))
  const [a] = await Promise.all([ready])
  a.info('four')
}`,
    finds: [
      'a.ts:4 info later.one | n: number',
      'a.ts:6 info later.two | n: number',
      'a.ts:7 info later.three | n: number',
      'a.ts:9 info later.four | n: number',
    ],
  },
  {
    title: 'finds a logger in TSX, in a component and in a handler',
    code: {
      'a.tsx': `
${CORE}
declare namespace JSX { interface IntrinsicElements { button: { onClick(): void; children?: unknown } } }
const log = getLogger('ui')
export const Button = () => { log.debug('rendered'); return <button onClick={() => log.info('clicked', { n: 1 })}>// docgen: event=no</button> }`,
    },
    finds: ['a.tsx:4 info ui.clicked | n: number', 'a.tsx:4 debug ui.rendered'],
  },
  {
    title: 'follows `export =` and `import =`',
    code: {
      'log.cts': `${CORE.replace('import {', 'import {')}\nconst log = getLogger('cjs')\nexport = log`,
      'a.ts': `import log from './log.cjs'\nlog.info('one')`,
    },
    finds: ['a.ts:2 info cjs.one'],
  },
  {
    title: 'counts lines in a file with CRLF, a byte order mark and a shebang',
    code: {
      'crlf.ts': `\uFEFF${CORE}\r\nconst log = getLogger('w')\r\nlog.info('one', {\r\n  a: 1,\r\n})\r\n`,
      'bin.ts': `#!/usr/bin/env node\n${CORE}\ngetLogger('bin').info('started')`,
    },
    finds: ['bin.ts:3 info bin.started', 'crlf.ts:3 info w.one | a: number'],
  },
  {
    title: 'shows paths and names beyond ASCII as they are',
    code: { 'größe/注文.ts': `${CORE}\ngetLogger('zahlung').info('geändert', { größe: 1 })` },
    finds: ['größe/注文.ts:2 info zahlung.geändert | größe: number'],
  },
  {
    title: 'gives the place of a chain where it starts',
    code: `
${CORE}
getLogger('chain')
  .bind({ a: 1 })
  .info('one')`,
    finds: ['a.ts:2 info chain.one | a: number'],
  },
  {
    title: 'lists the same event twice on one line twice',
    code: `${CORE}\nconst log = getLogger('x'); log.info('a'); log.info('a')`,
    finds: ['a.ts:2 info x.a', 'a.ts:2 info x.a'],
  },
]
