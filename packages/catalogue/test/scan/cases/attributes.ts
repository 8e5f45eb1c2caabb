import { CORE, type WrittenCase } from './written-case.js'

const LOG = `${CORE}\nconst log = getLogger('a')`

export const attributeCases: readonly WrittenCase[] = [
  {
    title: 'knows the kinds of dates, buffers, maps, sets, URLs and bigints',
    code: `
${LOG}
log.info('e', { date: new Date(), buffer: Buffer.from(''), bytes: new Uint8Array(1), map: new Map(), set: new Set(['x']), url: new URL('http://x'), big: 1n, re: /x/ })`,
    finds: [
      'a.ts:3 info a.e | big: string, buffer: string, bytes: string, date: string, map: json, re: json, set: string[], url: string',
    ],
  },
  {
    title: 'knows the kinds of lists',
    code: `
${LOG}
export function f(p: { s: readonly string[]; n: number[]; t: [1, 2]; m: (string | number)[]; o: { a: 1 }[]; d: Date[]; x: unknown[]; u: (string | undefined)[]; two: string[] | number[] }) { log.info('e', p) }`,
    finds: [
      'a.ts:3 info a.e | d: string[], m: json, n: number[], o: json, s: string[], t: number[], two: number[] | string[], u: json, x: unknown',
    ],
  },
  {
    title: 'leaves out functions, symbols, undefined and null',
    code: `
${LOG}
log.info('e', { f: () => 1, m() { return 1 }, s: Symbol('x'), u: undefined, n: null, v: void 0, c: class {}, kept: 1 })
export function g(p: { maybe?: () => void; either: string | (() => void) }) { log.info('f', p) }`,
    finds: ['a.ts:3 info a.e | kept: number', 'a.ts:4 info a.f | either: string?'],
  },
  {
    title: 'marks what may be null, undefined or absent',
    code: `
${LOG}
export function f(a: string | null, b: number | undefined, c?: boolean) { log.info('e', { a, b, c, d: a ?? 'x' }) }`,
    finds: ['a.ts:3 info a.e | a: string?, b: number?, c: boolean?, d: string'],
  },
  {
    title: 'takes Partial, Pick, Readonly and interfaces with optional members',
    code: `
${LOG}
interface Order { id: string; total: number; note?: string }
export function f(a: Partial<Order>, b: Pick<Order, 'id'>, c: Readonly<Order>) { log.info('a', a); log.info('b', b); log.info('c', c) }`,
    finds: [
      'a.ts:4 info a.a | id: string?, note: string?, total: number?',
      'a.ts:4 info a.b | id: string',
      'a.ts:4 info a.c | id: string, note: string?, total: number',
    ],
  },
  {
    title: 'looks at each spread, conditional ones too',
    code: `
${LOG}
export function f(on: boolean, user?: { 'user.id': number }) {
  log.info('e', { a: 1, ...(on && { b: 'x' }), ...(on ? { c: 1 } : {}), ...(on ? { d: 1 } : { d: 'x' }), ...user, ...(user ?? { none: true }) })
}`,
    finds: [
      'a.ts:4 info a.e | a: number, b: string?, c: number?, d: number | string, none: boolean?, user.id: number?',
    ],
  },
  {
    title: 'lets the later key win, and an optional one only perhaps',
    code: `
${LOG}
export function f(p: { a?: string }) { log.info('e', { a: 1, ...p }); log.info('f', { ...p, a: 1 }) }`,
    finds: ['a.ts:3 info a.e | a: number | string', 'a.ts:3 info a.f | a: number'],
  },
  {
    title: 'warns of records and index signatures, and keeps what is known beside them',
    code: `
${LOG}
export function f(rec: Record<string, string>, some: { known: 1; [key: string]: number }, any: any, key: string) {
  log.info('a', rec)
  log.info('b', { ...rec, x: 1 })
  log.info('c', some)
  log.info('d', { ...any, y: 1 })
  log.info('e', { [key]: 1, z: 1 })
  const kept = { ...rec, w: 1 }
  log.info('f', kept)
}`,
    finds: [
      'a.ts:4 info a.a',
      'a.ts:5 info a.b | x: number',
      'a.ts:6 info a.c | known: number',
      'a.ts:7 info a.d | y: number',
      'a.ts:8 info a.e | z: number',
      'a.ts:10 info a.f | w: number',
      'a.ts:4 W003',
      'a.ts:5 W003',
      'a.ts:6 W003',
      'a.ts:7 W003',
      'a.ts:8 W003',
      'a.ts:10 W003',
    ],
  },
  {
    title: 'warns of bound records once, where they are bound',
    code: `
${CORE}
declare const rec: Record<string, string>
const log = getLogger('b').bind({ ...rec, known: 1 })
log.info('one')
log.info('two')`,
    finds: ['a.ts:4 info b.one | known: number', 'a.ts:5 info b.two | known: number', 'a.ts:3 W003'],
  },
  {
    title: 'warns of keys of the record once, where they are bound, and leaves them out',
    code: `
${CORE}
const log = getLogger('b').bind({ trace_id: 'x', trace__id: 1, ok: true })
log.info('one', { timestamp: 1 })`,
    finds: ['a.ts:3 info b.one | ok: boolean, trace.id: number', 'a.ts:2 W008', 'a.ts:3 W008'],
  },
  {
    title: 'writes dunder keys as dotted ones, an explicit one winning',
    code: `${LOG}\nlog.info('e', { user__id: 1, 'user.id': 'x', __lead: 1, trail__: 2, a__b__c: 3 })`,
    finds: ['a.ts:3 info a.e | __lead: number, a.b.c: number, trail__: number, user.id: string'],
  },
  {
    title: 'spreads out errors under error and err, and leaves them as JSON elsewhere',
    code: `
${LOG}
class Broken extends Error { code = 1 }
export function f(a: Broken, b: NodeJS.ErrnoException | undefined) {
  log.warn('one', { err: a })
  log.warn('two', { error: b })
  log.warn('three', { cause: a })
  log.warn('four', a)
  log.warn('five', { error: 'text' })
}`,
    finds: [
      'a.ts:5 warn a.one | exception.message: string, exception.stacktrace: string, exception.type: string',
      'a.ts:6 warn a.two | exception.message: string?, exception.stacktrace: string?, exception.type: string?',
      'a.ts:7 warn a.three | cause: json',
      'a.ts:8 warn a.four | exception.message: string, exception.stacktrace: string, exception.type: string',
      'a.ts:9 warn a.five | error: string',
    ],
  },
  {
    title: 'says of a caught value that it may be an error',
    code: `${LOG}\ntry { log.info('x') } catch (err) { log.error('y', { err }) }`,
    finds: [
      'a.ts:3 info a.x',
      'a.ts:3 error a.y | err: unknown?, exception.message: string?, exception.stacktrace: string?, exception.type: string?',
    ],
  },
  {
    title: 'adds to exception() what is passed besides',
    code: `${LOG}\ntry { log.info('x') } catch (err) { log.bind({ b: 1 }).exception('y', err, { c: 'x' }) }`,
    finds: [
      'a.ts:3 info a.x',
      'a.ts:3 error a.y | b: number, c: string, exception.message: string, exception.stacktrace: string, exception.type: string',
    ],
  },
  {
    title: 'takes instances of classes by their fields, not by methods and getters',
    code: `
${LOG}
class Event { readonly id = 'x'; private n = 1; #hidden = 2; get computed() { return this.#hidden + this.n } method() {} static s = 1 }
log.info('e', new Event())`,
    finds: ['a.ts:4 info a.e | id: string, n: number'],
  },
  {
    title: 'takes enums, branded strings, templates and type parameters by what they are',
    code: `
${LOG}
enum Color { Red = 'red' } 
enum Size { S, M }
type UserId = string & { readonly brand: 'UserId' }
export function f<T, S extends string>(p: { c: Color; s: Size; id: UserId; t: \`x-\${string}\`; v: T; w: S; k: keyof Date }) { log.info('e', p) }`,
    finds: [
      'a.ts:6 info a.e | c: string, id: string, k: string?, s: number, t: string, v: unknown, w: string',
    ],
  },
  {
    title: 'takes each member of a union of objects',
    code: `
${LOG}
type Change = { kind: 'a'; x: number } | { kind: 'b'; y: string }
export function f(change: Change) { log.info('e', change); if (change.kind === 'a') log.info('f', change) }`,
    finds: [
      'a.ts:4 info a.e | kind: string, x: number?, y: string?',
      'a.ts:4 info a.f | kind: string, x: number',
    ],
  },
  {
    title: 'reads computed keys of a const, an enum and a finite union',
    code: `
${LOG}
const KEY = { user: 'user.id' } as const
enum Keys { Total = 'total' }
export function f(key: 'x' | 'y') { log.info('e', { [KEY.user]: 1, [Keys.Total]: 2, [key]: true, 1: 'one' }) }`,
    finds: ['a.ts:5 info a.e | 1: string, total: number, user.id: number, x: boolean?, y: boolean?'],
  },
  {
    title: 'takes nested objects, promises and toJSON for what is written of them',
    code: `
${LOG}
class Money { toJSON() { return '1 EUR' } }
class Box { toJSON() { return { a: 1 } } }
log.info('e', { o: { a: { b: 1 } }, m: new Money(), b: new Box(), p: Promise.resolve(1) })`,
    finds: ['a.ts:5 info a.e | b: json, m: string, o: json, p: json'],
  },
  {
    title: 'lets the call win over what is bound, and a later bind over an earlier one',
    code: `
${CORE}
const log = getLogger('a').bind({ id: 1, n: 1 }).bind({ id: 'x' })
log.info('e')
export function f(p: { id?: boolean }) { log.info('f', { id: true }); log.info('g', p) }`,
    finds: [
      'a.ts:3 info a.e | id: string, n: number',
      'a.ts:4 info a.f | id: boolean, n: number',
      'a.ts:4 info a.g | id: boolean | string, n: number',
    ],
  },
  {
    title: 'takes the attributes that a function or a getter builds',
    code: `
${LOG}
const of = (id: string) => ({ id, at: new Date() })
class A { get fields() { return { n: 1 } } f() { log.info('g', this.fields) } }
log.info('e', of('x'))
log.info('f', { ...of('x'), ...new A().fields })`,
    finds: [
      'a.ts:4 info a.g | n: number',
      'a.ts:5 info a.e | at: string, id: string',
      'a.ts:6 info a.f | at: string, id: string, n: number',
    ],
  },
  {
    title: 'survives types that contain themselves',
    code: `
${LOG}
interface Node { value: number; next?: Node; all: Node[] }
type Json = string | number | Json[] | { [key: string]: Json }
interface Loop { toJSON(): Loop }
export function f(node: Node, json: Json, loop: Loop) { log.info('e', node); log.info('f', { json, loop }) }`,
    finds: [
      'a.ts:6 info a.e | all: json, next: json?, value: number',
      'a.ts:6 info a.f | json: json | number | string, loop: json',
    ],
  },
]
