import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bindContext, getLogger, initTelemetry, runUnit, runWithContext } from '@throughline/core'
import { captureTelemetry, type TelemetryCapture } from '@throughline/testing'

const log = getLogger('draft')
let telemetry: TelemetryCapture

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  telemetry = captureTelemetry()
})

afterEach(async () => {
  await telemetry.stop()
  await initTelemetry().shutdown()
})

const events = (capture = telemetry): string[] => capture.logs.map(({ event }) => event)

describe('captureTelemetry', () => {
  it('captures whole records made of plain objects', () => {
    runWithContext({ 'request.id': 'abc', labels: ['draft'] }, () => log.info('pick_made', { 'hero.id': 42 }))
    const [{ time, ...record } = { time: 0 }] = telemetry.logs
    expect(time).toBeGreaterThan(0)
    expect(record).toStrictEqual({
      level: 'info',
      event: 'pick_made',
      eventName: 'draft.pick_made',
      logger: 'draft',
      attributes: { 'hero.id': 42 },
      context: { 'request.id': 'abc', labels: ['draft'] },
    })
  })

  it('captures every level while the console shows none', () => {
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) log.log(level, level)
    expect(events()).toEqual(['trace', 'debug', 'info', 'warn', 'error'])
    expect(telemetry.logs.map(({ level }) => level)).toEqual(events())
  })

  it('keeps the context as it was when the line was written', () => {
    runWithContext({ 'request.id': 'abc' }, () => {
      log.info('before')
      bindContext({ 'user.id': 7 })
      log.info('after')
    })
    expect(telemetry.logs.map(({ context }) => context)).toStrictEqual([
      { 'request.id': 'abc' },
      { 'request.id': 'abc', 'user.id': 7 },
    ])
  })

  it('captures completion lines of units of work', async () => {
    await runUnit({ kind: 'task', name: 'import' }, async () => log.info('step'))
    expect(events()).toEqual(['step', 'task_completed'])
  })

  it('goes on over initTelemetry, shutdown and a new start', async () => {
    log.info('before init')
    const first = initTelemetry({ serviceName: 'orders' })
    log.info('running')
    await first.shutdown()
    log.info('after shutdown')
    initTelemetry()
    log.info('running again')
    expect(events().filter((event) => event !== 'otel_off')).toEqual([
      'before init',
      'running',
      'after shutdown',
      'running again',
    ])
  })

  it('captures lines with telemetry disabled', () => {
    process.env.TELEMETRY_ENABLED = 'false'
    try {
      initTelemetry()
      log.warn('still_logged')
      expect(events()).toEqual(['telemetry_disabled', 'still_logged'])
    } finally {
      delete process.env.TELEMETRY_ENABLED
    }
  })

  it('keeps two captures apart', async () => {
    log.info('one')
    const second = captureTelemetry()
    log.info('two')
    await second.stop()
    log.info('three')
    expect(events(second)).toEqual(['two'])
    expect(events()).toEqual(['one', 'two', 'three'])
  })

  it('forgets on clear and goes on, in the same array', () => {
    const { logs } = telemetry
    log.info('one')
    telemetry.clear()
    log.info('two')
    expect(logs.map(({ event }) => event)).toEqual(['two'])
  })

  it('stops for good, more than once, and what was captured stays', async () => {
    log.info('one')
    await telemetry.stop()
    await telemetry.stop()
    log.info('two')
    expect(events()).toEqual(['one'])
    expect(log.isLevelEnabled('info')).toBe(false)
  })

  it('takes no record from a unit of work that outlives it', async () => {
    let finish = (): void => {}
    const unit = runUnit({ kind: 'task', name: 'slow' }, () => new Promise<void>((done) => (finish = done)))
    initTelemetry()
    await telemetry.stop()
    finish()
    await unit
    expect(events()).not.toContain('task_completed')
  })

  it('shows secrets as every sink gets them', () => {
    log.info('signed_in', { password: 'hunter2', card: { number: 1 } })
    expect(telemetry.logs[0]?.attributes).toStrictEqual({ password: '[REDACTED]', card: '{"number":1}' })
  })
})
