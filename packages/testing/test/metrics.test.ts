import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { initTelemetry, runUnit, type Unit } from '@throughline/core'
import { captureTelemetry, type TelemetryCapture } from '@throughline/testing'

let telemetry: TelemetryCapture

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  telemetry = captureTelemetry()
})

afterEach(async () => {
  await telemetry.stop()
  await initTelemetry().shutdown()
})

const openConnection = (): Unit =>
  runUnit({ kind: 'connection', name: 'ws', manualEnd: true, detached: true }, (unit) => unit)

function request(status: number): void {
  runUnit({ kind: 'http', name: 'GET' }, (unit) =>
    unit.setAttributes({
      'http.request.method': 'GET',
      'http.route': '/drafts/{id}',
      'http.response.status_code': status,
    }),
  )
}

/** Name, attributes and count or value of each point. */
async function points(capture = telemetry): Promise<[string, object, unknown][]> {
  const metrics = await capture.metrics()
  return metrics.flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }): [string, object, unknown] => [
      descriptor.name,
      attributes,
      typeof value === 'object' ? value.count : value,
    ]),
  )
}

const requestPoint = (status: number, count: number): [string, object, number] => [
  'http.server.request.duration',
  { 'http.request.method': 'GET', 'http.route': '/drafts/{id}', 'http.response.status_code': status },
  count,
]

describe('metrics of a capture', () => {
  it('are those of the units of work, with OpenTelemetry off', async () => {
    request(200)
    request(200)
    request(404)
    runUnit({ kind: 'job', name: 'mails' }, () => {})
    openConnection()
    openConnection().end({ outcome: 'ok' })
    expect(await points()).toEqual([
      requestPoint(200, 2),
      requestPoint(404, 1),
      ['messaging.process.duration', { 'job.outcome': 'ok' }, 1],
      ['ws.server.active_connections', {}, 1],
    ])
  })

  it('are in seconds', async () => {
    request(200)
    expect(await telemetry.metrics()).toMatchObject([
      { descriptor: { name: 'http.server.request.duration', unit: 's' } },
    ])
  })

  it('are none where nothing was measured', async () => {
    runUnit({ kind: 'task', name: 'import' }, () => {})
    expect(await points()).toEqual([])
  })

  it('add up over readings', async () => {
    request(200)
    await points()
    request(200)
    expect(await points()).toEqual([requestPoint(200, 2)])
  })

  it('are kept apart by capture: each has those of units that began in it', async () => {
    request(200)
    const before = openConnection()
    const second = captureTelemetry()
    before.end({ outcome: 'ok' })
    request(200)
    await second.stop()
    request(200)
    expect(await points(second)).toEqual([requestPoint(200, 1)])
    expect(await points()).toEqual([requestPoint(200, 3), ['ws.server.active_connections', {}, 0]])
  })

  it('are forgotten on clear, but for connections that are still open', async () => {
    request(200)
    const open = openConnection()
    telemetry.clear()
    expect(await points()).toEqual([['ws.server.active_connections', {}, 1]])
    open.end({ outcome: 'ok' })
    expect(await points()).toEqual([['ws.server.active_connections', {}, 0]])
  })

  it('stay readable after the end', async () => {
    request(200)
    await telemetry.stop()
    expect(await points()).toEqual([requestPoint(200, 1)])
  })
})
