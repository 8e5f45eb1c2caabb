import { afterEach, describe, expect, it } from '@jest/globals'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Demo } from './support/demo.js'

let demo: Demo
afterEach(() => demo.dispose())

describe('a signal', () => {
  it.each([
    ['SIGINT', 'while servers start', /Throughline demo/],
    ['SIGTERM', 'while the processes start', / redis /],
    ['SIGINT', 'while the story is told', / worker /],
  ] as const)('%s %s leaves nothing behind', async (signal, _moment, output) => {
    demo = new Demo()
    await demo.until(output)
    demo.kill(signal)

    expect(await demo.ended).toEqual([null, signal])
    expect(demo.errors).toBe('')
    expect(demo.leftovers).toEqual([])
  })

  it('SIGINT ends --serve', async () => {
    demo = new Demo(['--serve', '--console-port', '0'])
    await demo.until(/Ctrl-C ends everything/)
    expect(demo.leftovers.length).toBeGreaterThan(4)
    demo.kill('SIGINT')

    expect(await demo.ended).toEqual([null, 'SIGINT'])
    expect(demo.errors).toBe('')
    expect(demo.leftovers).toEqual([])
  })

  it('SIGKILL takes its processes and folders along', async () => {
    demo = new Demo(['--serve', '--console-port', '0'])
    await demo.until(/Ctrl-C ends everything/)
    demo.kill('SIGKILL')

    expect(await demo.ended).toEqual([null, 'SIGKILL'])
    while (demo.leftovers.length > 0) await sleep(20)
  })
})

describe('a process that ends by itself', () => {
  it('ends the demo with 1, and is named', async () => {
    demo = new Demo(['--serve', '--console-port', '0'])
    const [, worker] = await demo.until(/worker +process (\d+)[^]*Ctrl-C ends everything/)
    process.kill(Number(worker), 'SIGKILL')

    expect(await demo.ended).toEqual([1, null])
    expect(demo.errors).toBe('\n✗ The worker process ended by itself (SIGKILL).\n')
    expect(demo.leftovers).toEqual([])
  })

  it('says why: a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    demo = new Demo(['--serve', '--console-port', '0', '--port', String(port)])

    expect(await demo.ended).toEqual([1, null])
    expect(demo.errors).toContain('✗ The api process ended by itself (exit code 1).')
    expect(demo.errors).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`)
    expect(demo.leftovers).toEqual([])
    server.close()
  })
})
