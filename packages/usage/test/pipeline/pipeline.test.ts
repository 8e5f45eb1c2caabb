import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { Pipeline } from '../../src/pipeline/pipeline.js'
import { slot } from '../../src/slot.js'
import { event, FakeExporter, SETTINGS } from './fake-exporter.js'

const open: Pipeline[] = []

function pipelineWith(load: ConstructorParameters<typeof Pipeline>[1]): Pipeline {
  const pipeline = new Pipeline(SETTINGS, load)
  open.push(pipeline)
  return pipeline
}

afterEach(async () => {
  for (const pipeline of open.splice(0)) await pipeline.shutdown()
  expect(slot.endings.size).toBe(0)
})

const names = ({ recorded }: FakeExporter): unknown[] => recorded.map(({ attributes }) => attributes.event)

describe('a pipeline', () => {
  it('loads nothing before there is something to count', async () => {
    let loads = 0
    const pipeline = pipelineWith(async () => {
      loads++
      throw new Error('not installed')
    })
    await pipeline.flush()
    expect(loads).toBe(0)
    pipeline.record(event('a'))
    expect(loads).toBe(1)
  })

  it('sends every 30 seconds, by a timer that does not keep the process', async () => {
    const start = jest.spyOn(globalThis, 'setInterval')
    try {
      const exporter = new FakeExporter()
      const pipeline = pipelineWith(exporter.load)
      pipeline.record(event('a'))
      await pipeline.flush()
      const at = start.mock.calls.findIndex(([, ms]) => ms === 30_000)
      const timer = start.mock.results[at]?.value as NodeJS.Timeout
      expect(timer.hasRef()).toBe(false)
      const before = exporter.exports
      start.mock.calls[at]?.[0]()
      expect(exporter.exports).toBe(before + 1)
    } finally {
      start.mockRestore()
    }
  })

  it('keeps the first 1,000 events while it loads', async () => {
    const exporter = new FakeExporter()
    const pipeline = pipelineWith(exporter.load)
    for (let at = 0; at < 1_500; at++) pipeline.record(event(String(at)))
    await pipeline.flush()
    expect(exporter.recorded).toHaveLength(1_000)
    expect(names(exporter).at(-1)).toBe('999')
  })

  it('counts any number once it has loaded', async () => {
    const exporter = new FakeExporter()
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('first'))
    await new Promise(setImmediate)
    for (let at = 0; at < 5_000; at++) pipeline.record(event(String(at)))
    expect(exporter.recorded).toHaveLength(5_001)
  })

  it('is off for good where OpenTelemetry is not installed', async () => {
    let loads = 0
    const pipeline = pipelineWith(() => {
      loads++
      return Promise.reject(new Error('not installed'))
    })
    pipeline.record(event('a'))
    await pipeline.flush()
    pipeline.record(event('b'))
    await pipeline.flush()
    expect(loads).toBe(1)
    expect(pipeline.takeLast()).toBeUndefined()
  })

  it('survives a counter that throws', async () => {
    const exporter = new FakeExporter()
    exporter.record = () => {
      throw new Error('boom')
    }
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('a'))
    await pipeline.flush()
    expect(() => pipeline.record(event('b'))).not.toThrow()
  })

  it('sends what is new with each flush, and nothing where there is nothing new', async () => {
    const exporter = new FakeExporter()
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('a'))
    await pipeline.flush()
    await pipeline.flush()
    expect(exporter.exports).toBe(1)
    pipeline.record(event('b'))
    await pipeline.flush()
    expect(exporter.exports).toBe(2)
  })

  it('waits for a collector for about 2 s, once', async () => {
    const exporter = new FakeExporter(() => new Promise(() => {}))
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('a'))
    const startedAt = performance.now()
    await pipeline.flush()
    const tookMs = performance.now() - startedAt
    expect(tookMs).toBeGreaterThan(1_900)
    await pipeline.flush()
    await pipeline.shutdown()
    expect(exporter.exports).toBe(1)
    expect(exporter.closed).toBe(true)
  })

  it('drops what comes after its shutdown', async () => {
    const exporter = new FakeExporter()
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('a'))
    const stopping = pipeline.shutdown()
    pipeline.record(event('late'))
    await Promise.all([stopping, pipeline.shutdown()])
    pipeline.record(event('later'))
    expect(names(exporter)).toEqual(['a'])
    expect([exporter.exports, exporter.closed]).toEqual([1, true])
  })
})

describe('the last export', () => {
  it('has what was not collected yet, once', async () => {
    const exporter = new FakeExporter()
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('a'))
    expect(pipeline.takeLast()).toEqual({ settings: SETTINGS, measurements: [event('a')], unsent: undefined })
    expect(pipeline.takeLast()).toBeUndefined()
  })

  it('has none of what has gone out, but what could not', async () => {
    const exporter = new FakeExporter()
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('a'))
    await pipeline.flush()
    expect(pipeline.takeLast()).toBeUndefined()
    pipeline.record(event('b'))
    exporter.unsent = new Uint8Array(3)
    expect(pipeline.takeLast()).toMatchObject({ measurements: [event('b')], unsent: new Uint8Array(3) })
  })

  it('is not tried after a flush that was in vain', async () => {
    const exporter = new FakeExporter(async () => {
      exporter.unsent = new Uint8Array(3)
    })
    const pipeline = pipelineWith(exporter.load)
    pipeline.record(event('a'))
    await pipeline.flush()
    expect(pipeline.takeLast()).toBeUndefined()
  })

  it('has what a run counts when it learns of the end', async () => {
    const pipeline = pipelineWith(new FakeExporter().load)
    const detach = pipeline.onEnd((end) => pipeline.record(event(JSON.stringify(end))))
    pipeline.finish({ code: 3 })
    expect(pipeline.takeLast()?.measurements).toEqual([event('{"code":3}')])
    detach()
    pipeline.finish({ code: 4 })
    expect(pipeline.takeLast()).toBeUndefined()
  })
})
