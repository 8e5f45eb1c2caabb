import './telemetry-off.js'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Capture } from './capture.js'
import { Client } from './client.js'
import { PATH } from './draft.js'
import { type Running, WAYS_IN } from './ways-in.js'

describe.each(WAYS_IN)('with TELEMETRY_ENABLED=false, %s', (_name, start) => {
  let capture: Capture
  let running: Running

  beforeEach(async () => {
    running = await start()
    capture = new Capture()
  })

  afterEach(async () => {
    await running.stop()
    capture.stop()
  })

  it('serves as before and writes no line of its own', async () => {
    const client = await Client.open(`ws://127.0.0.1:${running.port}${PATH}`)
    expect(await client.next()).toBe('hello')
    expect(await client.ask('pick', 7)).toStrictEqual({ event: 'picked', data: 7 })
    await client.close()
    await capture.until('left')
    expect(capture.lines.map(({ event, context }) => [event, context])).toEqual(
      ['opened', 'greeted', 'pick_made', 'pick_saved', 'left'].map((event) => [event, {}]),
    )
  })
})
