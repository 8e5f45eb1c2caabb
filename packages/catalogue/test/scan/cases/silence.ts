import { CORE, type WrittenCase } from './written-case.js'

export const silentCases: readonly WrittenCase[] = [
  {
    title: 'says nothing of Nest’s loggers',
    code: `
import { ConsoleLogger, Logger } from '@nestjs/common'
import { TelemetryLogger } from '@throughline/nestjs'
const log = new Logger('X')
log.log('info', 'x'); log.error('failed', 'stack'); Logger.warn('static')
new ConsoleLogger().debug('x')
declare const telemetry: TelemetryLogger
telemetry.log('started', 'Bootstrap'); telemetry.error('x')
export class A { private readonly logger = new Logger(A.name); f() { this.logger.log('x'); const { warn } = this.logger; return warn } }`,
    finds: [],
  },
  {
    title: 'says nothing of other libraries whose types are missing',
    code: `
import pino, { type Logger as Pino } from 'pino'
import * as winston from 'winston'
import bunyan = require('bunyan')
const log = pino()
log.info('x'); pino().child({}).warn('x'); winston.createLogger().error('x'); bunyan.createLogger().info('x')
export class A { constructor(private readonly log: Pino, private readonly other: winston.Logger) {} f() { this.log.info('x'); this.other.warn('x') } }
export function f(child: Pino) { const l = child.child({}); l.info('x') }`,
    finds: [],
  },
  {
    title: 'says nothing of the console, with and without its type',
    code: `
console.log('info', 'x'); console.error('x'); globalThis.console.warn('x')
const { info } = console
info('x')
const c = console
c.debug('x')`,
    finds: [],
  },
  {
    title: 'says nothing of classes and objects with methods of the same names',
    code: `
interface Toast { info(text: string): void; error(text: string): void }
declare const toast: Toast
toast.info('saved'); toast.error('failed')
Math.log(1)
export const api = { log: (level: string, text: string) => level + text, bind: (x: object) => x }
api.log('info', 'x'); api.bind({ level: 1 })
function f(this: unknown) {}
f.bind({ level: 1 })`,
    finds: [],
  },
  {
    title: 'says nothing of any that does not look like a line of a logger',
    code: `
declare const any: any
any.info({ a: 1 }, 'x'); any.info(); any.log('x'); any.log('x', 'y'); any.warn(any); any.bind({ a: 1 }); any.trace(1)
const f = any.info
const { error } = any
export { f, error }`,
    finds: [],
  },
  {
    title: 'says nothing of isLevelEnabled, bind and loggers that are handed on',
    code: `
${CORE}
const log = getLogger('x')
if (log.isLevelEnabled('debug')) console.log(log.bind({ a: 1 }))
export const all = [log, { log }, () => log]
export type Info = typeof log.info`,
    finds: [],
  },
]
