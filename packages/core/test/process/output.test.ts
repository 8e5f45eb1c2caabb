import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { CORE, finish, runChild, startChild } from './child.js'

const COUNT = 20_000

/** Writes numbered lines, then does what the test is about. */
const writing = (rest: string, count = 1_000): string => `
  import { initTelemetry, getLogger } from '${CORE}'
  const telemetry = initTelemetry()
  const log = getLogger('m')
  const write = (n) => { for (let i = 0; i < n; i++) log.info('line', { i, pad: 'x'.repeat(200) }) }
  write(${count})
  ${rest}`

const numbers = (text: string): number[] =>
  [...text.matchAll(/"event":"line","logger":"m","i":(\d+)/g)].map(([, i]) => Number(i))

/** Counts lines that came out of order or are missing, instead of printing thousands. */
function gaps(found: number[], count: number): { count: number; first: number | undefined } {
  const first = found.findIndex((value, at) => value !== at)
  return { count: found.length, first: first === -1 && found.length === count ? undefined : first }
}

const NONE = (count: number) => ({ count, first: undefined })

describe('standard output', () => {
  it.each([
    ['process.exit in the same turn', 'process.exit(3)', 3],
    ['the natural end', '', 0],
    ['an uncaught exception', 'throw new Error("boom")', 1],
    ['an unhandled rejection', 'Promise.reject(new Error("boom"))', 1],
  ])('has every line after %s', async (_, rest, code) => {
    const finished = await runChild(writing(rest, COUNT))
    expect(finished.code).toBe(code)
    expect(gaps(numbers(finished.stdout), COUNT)).toEqual(NONE(COUNT))
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'has every line after %s, and the process ends by it',
    async (signal) => {
      const finished = await runChild(
        writing(`process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000); write(10)`),
      )
      expect([finished.code, finished.signal]).toEqual([null, signal])
      expect(numbers(finished.stdout)).toHaveLength(1_010)
    },
  )

  it('loses no more than the lines of the current turn to SIGKILL', async () => {
    const finished = await runChild(
      writing(`setTimeout(() => { write(10); process.kill(process.pid, 'SIGKILL') }, 20)`, 100),
    )
    expect(finished.signal).toBe('SIGKILL')
    expect(gaps(numbers(finished.stdout), 100)).toEqual(NONE(100))
  })

  it.each([
    ['an exit listener at the natural end', "process.on('exit', () => write(5_000))"],
    ['an exit listener after process.exit', "process.on('exit', () => write(5_000)); process.exit(0)"],
    ['a shutdown', 'await telemetry.shutdown(); write(5_000)'],
  ])('has every line of %s, also for a reader that is late', async (_, rest) => {
    const child = startChild(
      writing(
        `process.send('ready'); await new Promise((resolve) => setTimeout(resolve, 20)); process.disconnect()
${rest}`,
        0,
      ),
    )
    await once(child, 'message')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { stdout } = await finish(child)
    expect(gaps(numbers(stdout), 5_000)).toEqual(NONE(5_000))
  })

  it('leaves the process alone when standard error has gone as well', async () => {
    const child = startChild(
      writing(`
        await new Promise((resolve) => process.once('message', resolve))
        for (let i = 0; i < 20; i++) { write(1_000); await new Promise((resolve) => setTimeout(resolve, 5)) }
        process.disconnect()
        process.exitCode = 5`),
    )
    child.stdout?.destroy()
    child.stderr?.destroy()
    child.send('go')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(5)
  })

  it('leaves an application that drains itself to end when it is done', async () => {
    const finished = await runChild(
      writing(`
        process.once('SIGTERM', () => setTimeout(() => { log.info('drained'); process.exit(7) }, 50))
        setInterval(() => {}, 1000)
        process.kill(process.pid, 'SIGTERM')`),
    )
    expect([finished.code, finished.signal]).toEqual([7, null])
    expect(finished.stdout).toContain('"event":"drained"')
  })

  it('loses nothing to a reader that pauses, while the event loop goes on', async () => {
    const child = startChild(
      writing(
        `
        let ticks = 0
        const timer = setInterval(() => { ticks++ }, 1)
        process.on('message', () => { clearInterval(timer); console.error('TICKS', ticks); process.disconnect() })
        process.send('written')`,
        COUNT,
      ),
    )
    // Nobody reads: the pipe is full after 64 KiB and the rest has to wait.
    await once(child, 'message')
    const finished = finish(child)
    child.send('go')
    const { stdout, stderr } = await finished
    expect(gaps(numbers(stdout), COUNT)).toEqual(NONE(COUNT))
    expect(Number(/TICKS (\d+)/.exec(stderr)?.[1])).toBeGreaterThanOrEqual(0)
  })

  it('costs lines, not memory or the process, when its reader never wakes up', async () => {
    const child = startChild(
      writing(`
        for (let i = 0; i < 60; i++) { write(2_000); await new Promise((resolve) => setImmediate(resolve)) }
        process.send(process.memoryUsage().rss)
        process.disconnect()`),
    )
    const [rss] = (await once(child, 'message')) as [number]
    expect(rss).toBeLessThan(300 * 1024 * 1024)
    child.stderr?.resume()
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(0)
    child.stdout?.destroy()
  })

  it('is given up when its reader has gone (EPIPE), with one word on standard error', async () => {
    const child = startChild(
      writing(`
        await new Promise((resolve) => process.once('message', resolve))
        for (let i = 0; i < 20; i++) { write(1_000); await new Promise((resolve) => setImmediate(resolve)) }
        process.disconnect()
        process.exitCode = 5`),
    )
    child.stdout?.destroy()
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.send('go')
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(5)
    expect(stderr.match(/standard output is gone/g)).toHaveLength(1)
    expect(stderr).toMatch(
      /^throughline: standard output is gone \((EPIPE|ECONNRESET)\), log lines are dropped\n$/,
    )
  })

  it('survives a socket that is reset under it (ECONNRESET)', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const connected = once(server, 'connection') as Promise<[Socket]>
    // The shell gives the child a TCP socket for its standard output.
    const child = startChild(
      `
      import { spawn } from 'node:child_process'
      import { connect } from 'node:net'
      const socket = connect(${port}, '127.0.0.1', () => {
        const inner = spawn(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(
          writing(
            `process.on('message', () => {})
             for (let i = 0; i < 200; i++) { write(500); await new Promise((resolve) => setTimeout(resolve, 1)) }
             process.exit(5)`,
          ),
        )}], { stdio: ['ignore', socket, 'pipe'] })
        inner.stderr.pipe(process.stderr)
        inner.on('exit', (code) => { process.send(code); process.disconnect(); socket.destroy() })
      })
      socket.on('error', () => {})`,
    )
    const [peer] = await connected
    await once(peer, 'data')
    peer.resetAndDestroy()
    const [code] = (await once(child, 'message')) as [number]
    expect(code).toBe(5)
    server.close()
    await finish(child)
  })

  it('goes to a file without a gap', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-out-'))
    const file = openSync(join(folder, 'out.log'), 'w')
    await finish(startChild(writing('process.exit(0)', COUNT), {}, file))
    closeSync(file)
    expect(gaps(numbers(readFileSync(join(folder, 'out.log'), 'utf8')), COUNT)).toEqual(NONE(COUNT))
    rmSync(folder, { recursive: true })
  })

  it('drops and counts on a full disk, and says so when there is room again', async () => {
    const full = openSync('/dev/full', 'w')
    const { code, stderr } = await finish(startChild(writing('process.exitCode = 4'), {}, full))
    closeSync(full)
    expect([code, stderr]).toEqual([4, ''])
  })
})
