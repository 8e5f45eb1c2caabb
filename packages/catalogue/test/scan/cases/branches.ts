import { CORE, type WrittenCase } from './written-case.js'

export const branchCases: readonly WrittenCase[] = [
  {
    title: 'takes both sides of a conditional, though one is a subtype of the other',
    code: `
${CORE}
const log = getLogger('b')
export function f(on: boolean) { const it = on ? log : log.bind({ a: 1 }); it.info('x'); (on ? log : getLogger('c')).info('y') }`,
    finds: ['a.ts:3 info b.x | a: number?', 'a.ts:3 info b.y', 'a.ts:3 info c.y'],
  },
  {
    title: 'takes both sides of ?? and ||, and what is right of &&',
    code: `
${CORE}
const base = getLogger('base')
export function f(given?: Logger<'given', { a: 1 }>, on?: boolean) {
  (given ?? base).info('x')
  ;(given || base).info('y')
  ;(on && base)?.info?.('z')
}`.replace('(on && base)?.info?.', '(on ? base : undefined)?.info'),
    finds: [
      'a.ts:4 info base.x',
      'a.ts:4 info given.x | a: number',
      'a.ts:5 info base.y',
      'a.ts:5 info given.y | a: number',
      'a.ts:6 info base.z',
    ],
  },
  {
    title: 'takes each return of a function and of a getter',
    code: `
${CORE}
const log = getLogger('r')
function pick(n: number) { if (n > 1) return log.bind({ big: true }); for (;;) { return log } }
class A { get log() { if (Math.random() > 1) { return log.bind({ x: 1 }) } return getLogger('s') } f() { this.log.info('two') } }
pick(1).info('one')`,
    finds: ['a.ts:4 info r.two | x: number', 'a.ts:4 info s.two', 'a.ts:5 info r.one | big: boolean?'],
  },
  {
    title: 'keeps what a reassigned let was bound to for certain',
    code: `
${CORE}
export function f() {
  let log = getLogger('let').bind({ a: 1 })
  log.info('before')
  log = log.bind({ b: 1 })
  log.info('after')
}`,
    finds: ['a.ts:4 info let.before | a: number', 'a.ts:6 info let.after | a: number, b: number'],
  },
  {
    title: 'marks what a let was perhaps bound to',
    code: `
${CORE}
export function f(user?: string, ids: string[] = []) {
  let log = getLogger('let')
  if (user) log = log.bind({ user })
  log.info('one')
  for (const id of ids) { log.info('loop'); log = log.bind({ id }) }
  log.info('two')
}`,
    finds: [
      'a.ts:5 info let.one | user: string?',
      'a.ts:6 info let.loop | id: string?, user: string?',
      'a.ts:7 info let.two | id: string?, user: string?',
    ],
  },
  {
    title: 'takes all that a let is given later, where its declaration gives nothing',
    code: `
${CORE}
let shared: Logger
let lazy: Logger | undefined
export function init(on: boolean) { if (on) shared = getLogger('on'); else shared = getLogger('off') }
export function use() { shared.info('x'); (lazy ??= getLogger('lazy')).info('y'); lazy.info('z') }`,
    finds: ['a.ts:5 info lazy.y', 'a.ts:5 info lazy.z', 'a.ts:5 info off.x', 'a.ts:5 info on.x'],
  },
  {
    title: 'takes what a field is assigned in methods',
    code: `
${CORE}
export class A {
  private log = getLogger('field')
  private other: Logger | undefined
  start(id: string) { this.log = this.log.bind({ id }); this.other = getLogger('other') }
  f() { this.log.info('x'); this.other?.info('y') }
}`,
    finds: ['a.ts:6 info field.x | id: string?', 'a.ts:6 info other.y'],
  },
  {
    title: 'reads levels of a finite choice',
    code: `
${CORE}
const log = getLogger('l')
export function f(ok: boolean, level: 'warning' | 'critical') {
  log.log('exception', 'a')
  log.log(ok ? 'info' : 'error', 'b', { n: 1 })
  log.log(level, 'c')
}`,
    finds: [
      'a.ts:4 error l.a',
      'a.ts:5 error l.b | n: number',
      'a.ts:5 info l.b | n: number',
      'a.ts:6 fatal l.c',
      'a.ts:6 warn l.c',
    ],
  },
]
