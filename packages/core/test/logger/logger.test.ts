import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { runWithContext } from '../../src/context/context.js'
import type { LogRecord } from '../../src/logger/log-record.js'
import { getLogger } from '../../src/logger/logger.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

beforeEach(() => {
  harness = openRuntime({ LOG_LEVEL: 'trace' })
})

afterEach(() => harness.close())

describe('getLogger', () => {
  it('has a method for each level', () => {
    const log = getLogger('m')
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)
      log[level]('e', { n: 1 })
    expect(harness.lines()).toEqual(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => ({
        level,
        event: 'e',
        logger: 'm',
        n: 1,
      })),
    )
  })

  it('writes a bare line without a domain', () => {
    getLogger().info('e')
    expect(harness.lines()).toEqual([{ level: 'info', event: 'e' }])
  })

  it('names a module by its path from the package', () => {
    getLogger({ url: new URL('../../src/orders/index.ts', import.meta.url).href } as ImportMeta).info('e')
    getLogger({ url: new URL('../../dist/orders/refund.js', import.meta.url).href } as ImportMeta).info('e')
    getLogger({ url: 'not a url' } as ImportMeta).info('e')
    expect(harness.lines().map(({ logger }) => logger)).toEqual(['orders', 'orders.refund', 'not a url'])
  })

  it('takes aliases for a level known at run time, and info for an unknown one', () => {
    const log = getLogger('m')
    for (const level of ['WARNING', 'critical', 'exception', 'loud']) log.log(level as 'warn', 'e')
    expect(harness.lines().map(({ level }) => level)).toEqual(['warn', 'fatal', 'error', 'info'])
  })

  it('leaves the original as it is when bound', () => {
    const log = getLogger('m')
    log.bind({ a: 1 }).bind({ b: 2 }).info('e')
    log.info('e')
    expect(harness.lines()).toEqual([
      { level: 'info', event: 'e', logger: 'm', a: 1, b: 2 },
      { level: 'info', event: 'e', logger: 'm' },
    ])
  })

  it('keeps what was bound as it was at the bind', () => {
    const attrs = { a: 1 }
    const log = getLogger('m').bind(attrs)
    attrs.a = 2
    log.info('e')
    expect(harness.lines()).toEqual([{ level: 'info', event: 'e', logger: 'm', a: 1 }])
  })

  it('keeps the precedence call, bound, context, one key each', () => {
    const log = getLogger('m').bind({ a: 'bound', b: 'bound', 'user.id': 1 })
    runWithContext({ a: 'context', b: 'context', c: 'context', 'user.id': 2 }, () =>
      log.info('e', { a: 'call' }),
    )
    const [text = ''] = harness.text()
    expect(text.slice(text.indexOf('"a"'))).toBe('"a":"call","b":"bound","user.id":1,"c":"context"}')
  })

  it('logs without its domain when a method was taken off', () => {
    const { info } = getLogger('m')
    info('e', { n: 1 })
    expect(harness.lines()).toEqual([{ level: 'info', event: 'e', n: 1 }])
  })

  it('writes exception attributes with the chain of causes', () => {
    const cause = new RangeError('inner')
    const error = new TypeError('outer', { cause })
    getLogger('m').exception('e', error, { n: 1 })
    expect(harness.lines()).toEqual([
      {
        level: 'error',
        event: 'e',
        logger: 'm',
        n: 1,
        'exception.type': 'TypeError',
        'exception.message': 'outer',
        'exception.stacktrace': `${error.stack}\nCaused by: ${cause.stack}`,
      },
    ])
  })

  it.each([
    ['thrown string', 'string', 'thrown string'],
    [undefined, 'undefined', 'undefined'],
    [null, 'null', 'null'],
    [{ code: 5 }, 'object', '{"code":5}'],
    [Object.create(null), 'object', '{}'],
    [Symbol('s'), 'symbol', 'Symbol(s)'],
  ])('takes %p for an exception', (thrown, type, message) => {
    getLogger('m').exception('e', thrown)
    expect(harness.lines()).toEqual([
      { level: 'error', event: 'e', logger: 'm', 'exception.type': type, 'exception.message': message },
    ])
  })

  it('takes an Error in place of attributes', () => {
    getLogger('m').warn('e', new TypeError('boom'))
    expect(harness.lines()[0]).toMatchObject({ 'exception.type': 'TypeError', 'exception.message': 'boom' })
  })

  it('follows a circle of causes once', () => {
    const error = new Error('a')
    error.cause = error
    getLogger('m').exception('e', error)
    expect(harness.lines()[0]?.['exception.stacktrace']).toBe(error.stack)
  })

  it('converts interior double underscores, an explicit dotted key first', () => {
    getLogger('m').info('e', { a__b: 1, __x__: 2, c__: 3, 'd.e': 4, d__e: 5, f___g: 6 })
    expect(harness.lines()).toEqual([
      { level: 'info', event: 'e', logger: 'm', 'a.b': 1, __x__: 2, c__: 3, 'd.e': 4, f___g: 6 },
    ])
  })

  it('knows which levels reach a sink', () => {
    harness.close()
    harness = openRuntime({ LOG_LEVEL: 'error' })
    const log = getLogger('m')
    expect(log.isLevelEnabled('debug')).toBe(false)
    expect(log.isLevelEnabled('critical')).toBe(true)
    const remove = harness.runtime.addSink({ level: 'debug', write() {} })
    expect(log.isLevelEnabled('debug')).toBe(true)
    remove()
    expect(log.isLevelEnabled('debug')).toBe(false)
  })

  it('hands each sink the records from its own level on', () => {
    harness.close()
    harness = openRuntime({ LOG_LEVEL: 'error', LOG_EXPORT_LEVEL: 'warn' })
    const seen: string[] = []
    harness.runtime.addSink({ write: ({ level }: LogRecord) => seen.push(`default ${level}`) })
    harness.runtime.addSink({ level: 'info', write: ({ level }: LogRecord) => seen.push(`info ${level}`) })
    const log = getLogger('m')
    log.debug('e')
    log.info('e')
    log.warn('e')
    expect(seen).toEqual(['info info', 'default warn', 'info warn'])
    expect(harness.lines()).toEqual([])
  })

  it('makes no record for a sink that does not want it', () => {
    const asked: string[] = []
    const written: string[] = []
    harness.runtime.addSink({
      level: 'info',
      enabled: (logger, event) => asked.push(`${logger} ${event}`) > 1,
      write: ({ event }: LogRecord) => written.push(event),
    })
    const log = getLogger('m')
    log.info('first')
    log.info('second')
    log.debug('third')
    expect([asked, written]).toEqual([['m first', 'm second'], ['second']])
    expect(harness.runtime.failed).toBe(0)
  })

  it('survives a sink that throws', () => {
    harness.runtime.addSink({
      level: 'info',
      write() {
        throw new Error('sink')
      },
    })
    expect(() => getLogger('m').info('e')).not.toThrow()
    expect(harness.lines()).toHaveLength(1)
    expect(harness.runtime.failed).toBe(1)
  })

  it('converts nothing for a level nobody wants', () => {
    harness.close()
    harness = openRuntime({ LOG_LEVEL: 'error' }, { log: { recorder: false } })
    const toJSON = jest.fn()
    getLogger('m').debug('e', { toJSON })
    expect(toJSON).not.toHaveBeenCalled()
  })

  it('names a logger that was given nothing usable', () => {
    expect(() => getLogger(null as unknown as ImportMeta).info('e')).not.toThrow()
  })

  it('keeps from a sink what it logs itself, and survives one that rejects', async () => {
    const seen: string[] = []
    const sink = {
      async write({ event }: LogRecord) {
        seen.push(event)
        getLogger().info('by_the_sink')
        throw new Error('x')
      },
    }
    harness.runtime.addSink(sink)
    harness.runtime.addSink({ ...sink })
    getLogger().info('e')
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen).toEqual(['e', 'e'])
    expect(harness.runtime.failed).toBe(2)
  })
})
