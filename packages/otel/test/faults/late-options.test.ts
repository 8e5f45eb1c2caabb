import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { startApp } from './app.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

const FROM_ENVIRONMENT = `
  const { initFromEnvironment } = await import('@throughline/core/binding')
  await initFromEnvironment().ready
`

describe('options that come after a start from the environment', () => {
  it('redact the spans and lines of units that were open before', async () => {
    const app = startApp(
      receiver.url,
      `
      ${FROM_ENVIRONMENT}
      await runUnit({ kind: 'task', name: 'main', fields: { ssn: '111' } }, async () => {
        initTelemetry({ log: { redact: ['ssn', 'exception.message'] }, context: { spanKeys: ['ssn'] } })
        runUnit({ kind: 'task', name: 'below' }, () => {})
        try {
          runUnit({ kind: 'task', name: 'failing' }, () => { throw new Error('4111') })
        } catch {}
      })
      `,
    )
    expect(await app.ended).toMatchObject({ code: 0, stderr: '' })
    const spans = receiver.spans()
    expect(Object.fromEntries(spans.map(({ name, attributes }) => [name, attributes['ssn']]))).toEqual({
      below: '[REDACTED]',
      failing: '[REDACTED]',
      main: '[REDACTED]',
    })
    expect(spans.find(({ name }) => name === 'failing')).toMatchObject({
      status: { message: '[REDACTED]' },
      events: [{ name: 'exception', attributes: { 'exception.message': '[REDACTED]' } }],
    })
    const completed = receiver.logRecords().filter(({ body }) => body === 'task_completed')
    expect(completed.map(({ attributes }) => attributes['ssn'])).toEqual(['[REDACTED]', '[REDACTED]'])
  })

  it('bound the shutdown, and nothing of it goes on behind that', async () => {
    receiver.respondWith({ kind: 'hang' })
    const app = startApp(
      receiver.url,
      `
      ${FROM_ENVIRONMENT}
      const telemetry = initTelemetry({ shutdownTimeoutMs: 300 })
      const from = performance.now()
      process.on('exit', () => console.log(JSON.stringify({ event: 'end', ms: performance.now() - from })))
      await telemetry.shutdown()
      `,
    )
    await app.ended
    expect((await app.wrote('end'))['ms']).toBeLessThan(2_000)
  })
})

describe('an application that starts telemetry anew before it was down', () => {
  it('has its spans made by a provider of its own', async () => {
    const app = startApp(
      receiver.url,
      `
      await initTelemetry().ready
      await initTelemetry().shutdown()
      await initTelemetry({ shutdownTimeoutMs: 1 }).shutdown()
      const telemetry = initTelemetry()
      await telemetry.ready
      runUnit({ kind: 'task', name: 'work' }, () => log.info('tick'))
      await telemetry.shutdown()
      `,
    )
    expect(await app.ended).toMatchObject({ code: 0, stderr: '' })
    expect(receiver.spans().map(({ name }) => name)).toEqual(['work'])
    expect(receiver.logRecords().filter(({ body }) => body === 'tick')).toHaveLength(1)
  })
})

describe('a span that cannot be encoded', () => {
  it('takes no other along', async () => {
    const app = startApp(
      receiver.url,
      `
      import { trace } from '@opentelemetry/api'
      const telemetry = initTelemetry()
      await telemetry.ready
      for (let i = 0; i < 20; i++) runUnit({ kind: 'task', name: i === 7 ? undefined : 'work' }, () => {})
      trace.getTracer('t').startSpan(undefined).end()
      runUnit({ kind: 'task', name: 'linked', links: [undefined] }, () => {})
      await telemetry.shutdown()
      `,
    )
    expect(await app.ended).toMatchObject({ code: 0, stderr: '' })
    const names = receiver.spans().map(({ name }) => name)
    expect(names.toSorted()).toEqual(['linked', 'task', ...Array<string>(19).fill('work')])
  })
})
