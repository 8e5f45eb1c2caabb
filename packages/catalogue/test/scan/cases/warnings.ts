import { CORE, type WrittenCase } from './written-case.js'

const LOG = `${CORE}\nconst log = getLogger('w')`

export const warningCases: readonly WrittenCase[] = [
  {
    title: 'warns of methods that are taken off their logger',
    code: `
${LOG}
const { info, warn: renamed, bind } = log
const f = log.error
;['x'].forEach(log.debug)
const bound = log.fatal.bind(log)
export function g({ trace }: Logger<'x'>) { return [info, renamed, bind, f, bound, trace] }`,
    finds: ['a.ts:3 W005', 'a.ts:3 W005', 'a.ts:4 W005', 'a.ts:5 W005', 'a.ts:6 W005', 'a.ts:7 W005'],
  },
  {
    title: 'does not warn of a method that is only looked at',
    code: `${LOG}\nif (typeof log.info === 'function') log.info('x')`,
    finds: ['a.ts:3 info w.x'],
  },
  {
    title: 'warns of any in its many disguises',
    code: `
declare const any: any
declare const record: { [key: string]: any }
any.info('one')
any.deep.log.warn(\`two.\${any}\`)
record['log'].error('three', { a: 1 })
;(any as any)?.log?.('info', 'four')
new Proxy(any, {}).debug('five')
any['fatal']('six')
any.exception('seven', new Error())`,
    finds: [
      'a.ts:3 W009',
      'a.ts:4 W009',
      'a.ts:5 W009',
      'a.ts:6 W009',
      'a.ts:7 W009',
      'a.ts:8 W009',
      'a.ts:9 W009',
    ],
  },
  {
    title: 'warns where the package of the logger is not installed',
    code: `
import { getLogger } from '@throughline/missing'
const log = getLogger('x')
log.info('lost')`,
    finds: ['a.ts:3 W009'],
  },
  {
    title: 'takes a proxy of a logger for the logger',
    code: `${LOG}\nnew Proxy(log, {}).info('x')\nObject.freeze(log).info('y')`,
    finds: ['a.ts:3 info w.x', 'a.ts:4 info w.y'],
  },
  {
    title: 'warns of a level that may be any',
    code: `
${LOG}
import type { Level, LevelName } from '@throughline/core'
export function f(a: Level, b: LevelName, c: keyof Pick<Logger, 'info'>) { log.log(a, 'x'); log.log(b, 'y'); log[a]('z'); log[c]('ok') }`,
    finds: ['a.ts:4 info w.ok', 'a.ts:4 W012', 'a.ts:4 W012', 'a.ts:4 W012'],
  },
  {
    title: 'warns of stale and malformed comments',
    code: `
${LOG}
// docgen: event=nothing
export const x = 1
log.info('known') // docgen: event=known
export function f(name: string) {
  log.info(name) // docgen: event=
  log.info(name) // docgen: events=a
  log.info(name) // docgen: event=a b
}`,
    finds: [
      'a.ts:5 info w.known',
      'a.ts:3 W010',
      'a.ts:5 W010',
      'a.ts:7 W002',
      'a.ts:7 W010',
      'a.ts:8 W002',
      'a.ts:8 W010',
      'a.ts:9 W002',
      'a.ts:9 W010',
    ],
  },
  {
    title: 'warns of each call that is lost in a wrapper',
    code: `
${CORE}
export class Wrapper {
  constructor(private readonly inner: Logger<'inner'>) {}
  info(event: string, attrs?: Record<string, unknown>) { this.inner.info(event, attrs) }
}
new Wrapper(getLogger('inner')).info('x')`,
    finds: ['a.ts:4 W002'],
  },
  {
    title: 'warns of a logger that comes from a container without a type argument',
    code: `
${CORE}
declare const container: { get<T>(token: string): T }
container.get<Logger>('log').info('x')
container.get<Logger<'typed'>>('log').info('y')`,
    finds: ['a.ts:4 info typed.y', 'a.ts:3 W004'],
  },
  {
    title: 'warns of attributes whose type parameter has no bounds',
    code: `${LOG}\nexport function f<T extends object>(a: T) { log.info('x', a); log.info('y', { ...a, n: 1 }) }`,
    finds: ['a.ts:3 info w.x', 'a.ts:3 info w.y | n: number', 'a.ts:3 W003', 'a.ts:3 W003'],
  },
]
