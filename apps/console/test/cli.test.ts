import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import type { Status } from '../src/shared/api.js'
import { logRecord, logsJson } from './support/bodies.js'
import { call } from './support/call.js'
import { Command } from './support/command.js'
import { EventReader } from './support/events.js'
import { loadSqlite } from '../src/server/sqlite/node-sqlite.js'
import { describeWithSqlite } from './support/sqlite.js'
import { atEnd, endAfterEach, temporaryFolder } from './support/test-server.js'

endAfterEach()

const headers = { 'content-type': 'application/json' }

async function send(port: number, eventName: string): Promise<number> {
  const requestId = { key: 'request.id', value: { stringValue: `of-${eventName}` } }
  const body = logsJson(logRecord({ eventName, attributes: [requestId] }))
  return (await call(port, { path: '/v1/logs', method: 'POST', headers, body })).status
}

async function status(port: number): Promise<Status> {
  return JSON.parse((await call(port, { path: '/api/status' })).text) as Status
}

async function end(...args: string[]) {
  const command = new Command(args)
  const code = await command.ended
  return { code, out: command.out, err: command.err }
}

describe('throughline-console', () => {
  it('says where it is and how to send to it, and ends at once on Ctrl-C', async () => {
    const command = new Command(['--port', '0'])
    const port = await command.port()
    const endpoint = `http://127.0.0.1:${port}`
    expect(command.out).toContain(`page      ${endpoint}/\n`)
    expect(command.out).toContain('in memory: the last 100,000 records, 256 MB at most')
    expect(command.out).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint} OTEL_TRACES_SAMPLER_ARG=1`)
    expect(command.out).not.toContain('\u001b')
    expect(await send(port, 'a')).toBe(200)
    const reader = await EventReader.open(port)
    await reader.first('status')
    expect(await command.kill('SIGINT')).toBe(0)
    await reader.ended()
  })

  it('has a text of help and a version', async () => {
    const { code, out, err } = await end('--help')
    expect([code, err]).toEqual([0, ''])
    for (const option of [
      '--port',
      '--host',
      '--allow-host',
      '--db',
      '--max-records',
      '--max-memory',
      '--catalogue',
      '--open',
    ]) {
      expect(out).toContain(option)
    }
    expect(await end('--version')).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: '',
    })
  })

  it.each([
    ['--what', "error: unknown option '--what'"],
    ['--port=x', 'It is a whole number from 0 to 65535.'],
    ['--port=65536', 'It is a whole number from 0 to 65535.'],
    ['--max-memory=0', 'It is a whole number from 8 to 65536.'],
    ['--max-records=1e9', 'It is a whole number from 100 to 10000000.'],
    ['extra', 'error: too many arguments'],
    ['--catalogue=none.md', 'error: none.md: THROUGHLINE_CATALOGUE_UNREADABLE: there is no such file'],
    ['--catalogue=package.json', 'THROUGHLINE_NOT_A_CATALOGUE'],
  ])('ends with 2 for %s', async (argument, message) => {
    const { code, out, err } = await end(argument)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })

  it('ends with 1 where the port is taken, and says what may be there', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    atEnd(() => server.close())
    const { port } = server.address() as AddressInfo
    expect(await end('--port', String(port))).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        `error: port ${port} of 127.0.0.1 is taken, perhaps by a Collector, a Jaeger .* choose another port with --port`,
      ),
    })
  })

  it('ends with 1 where the address is not of this machine', async () => {
    const { code, err } = await end('--host', '192.0.2.1', '--port', '0')
    expect(code).toBe(1)
    expect(err).toContain(
      'error: 192.0.2.1 cannot be listened on at port 0: this machine has no such address',
    )
  })

  it('warns where others can reach it, and takes the names that are allowed', async () => {
    const command = new Command([
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--allow-host',
      'a.example',
      '--allow-host',
      'b.example',
    ])
    const port = await command.port()
    expect(command.err).toContain('warning: who reaches 0.0.0.0 can read everything')
    for (const [host, expected] of [
      ['a.example:4318', 200],
      ['b.example', 200],
      ['c.example', 403],
    ] as const) {
      expect(await call(port, { path: '/api/status', headers: { host } })).toMatchObject({ status: expected })
    }
  })

  it('knows whether a catalogue was given', async () => {
    const file = join(temporaryFolder(), 'events.json')
    writeFileSync(file, JSON.stringify({ version: 1, events: [], warnings: [] }))
    const command = new Command(['--port', '0', '--catalogue', file])
    expect(await status(await command.port())).toMatchObject({ hasCatalogue: true })
  })

  it('keeps nothing without --db', async () => {
    const folder = temporaryFolder()
    const env = { TMPDIR: folder }
    const first = new Command(['--port', '0'], env)
    await send(await first.port(), 'a')
    await first.kill('SIGTERM')
    expect(readdirSync(folder)).toEqual([])
    const second = new Command(['--port', '0'], env)
    expect(await status(await second.port())).toMatchObject({ records: 0, store: { kind: 'memory' } })
  })
})

describeWithSqlite('throughline-console --db', () => {
  it('has after a restart what it had before, and does not speak of an experiment', async () => {
    const file = join(temporaryFolder(), 'console.db')
    const first = new Command(['--port', '0', '--db', file])
    const port = await first.port()
    expect(first.out).toContain(`kept      in ${file}`)
    for (const name of ['a', 'b', 'c']) await send(port, name)
    expect(await first.kill('SIGTERM')).toBe(0)
    expect(first.err).not.toContain('Experimental')

    const second = new Command(['--port', '0', '--db', file])
    expect(await status(await second.port())).toMatchObject({ records: 3, store: { kind: 'sqlite', file } })
    expect(await call(await second.port(), { path: '/api/requests/of-b' })).toMatchObject({ status: 200 })
  })

  it('has it after it was killed too', async () => {
    const file = join(temporaryFolder(), 'console.db')
    const first = new Command(['--port', '0', '--db', file])
    const port = await first.port()
    for (let at = 0; at < 20; at += 1) await send(port, `event-${at}`)
    // Records wait a fifth of a second to be written together.
    await sleep(1000)
    await send(port, 'late')
    expect(await first.kill('SIGKILL')).toBe('SIGKILL')
    const second = new Command(['--port', '0', '--db', file])
    const { records } = await status(await second.port())
    expect([20, 21]).toContain(records)
    expect(await send(await second.port(), 'more')).toBe(200)
  })

  it('refuses a file that is in use, and one of something else', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'console.db')
    const first = new Command(['--port', '0', '--db', file])
    await first.port()
    expect(await end('--port', '0', '--db', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is in use by another console'),
    })
    const notes = join(folder, 'notes.txt')
    writeFileSync(notes, 'x'.repeat(200))
    const refused = await end('--port', '0', '--db', notes)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain(`error: ${notes} is no SQLite database; it was left as it is`)
  })
})

describeWithSqlite('throughline-console --db with a file that cannot be used', () => {
  it.each([
    ['no name', '', 'error: the file of --db cannot be used: its name is empty\n'],
    ['a device', '/dev/null', 'error: /dev/null cannot be used: it is no file but a device or a pipe\n'],
  ])('refuses %s', async (_what, file, err) => {
    expect(await end('--port', '0', '--db', file)).toEqual({ code: 2, out: '', err })
  })

  it('keeps what it is sent in a file, whatever SQLite makes of its name', async () => {
    const folder = temporaryFolder()
    const command = new Command(['--port', '0', '--db', ':memory:'], {}, folder)
    await send(await command.port(), 'a')
    await command.kill('SIGTERM')
    expect(readdirSync(folder)).toEqual([':memory:'])
  })

  it.each([
    ['a record that is none', "INSERT INTO records VALUES (1, 'logs', x'ffffff')"],
    ['other columns', 'DROP TABLE records; CREATE TABLE records (a)'],
  ])('says so of %s', async (_what, damage) => {
    const file = join(temporaryFolder(), 'console.db')
    const first = new Command(['--port', '0', '--db', file])
    await first.port()
    await first.kill('SIGTERM')
    const sqlite = loadSqlite()
    const database = sqlite === undefined ? undefined : new sqlite.DatabaseSync(file)
    database?.exec(damage)
    database?.close()
    expect(await end('--port', '0', '--db', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`error: ${file} cannot be used: `),
    })
  })

  it('shows a name as one line without control characters', async () => {
    const command = new Command(['--port', '0', '--db', 'a\u001b[31m\nb'], {}, temporaryFolder())
    await command.port()
    expect(command.out).toContain('kept      in a\\u001b[31m\\u000ab:')
  })
})

describe('throughline-console --db on a Node without node:sqlite', () => {
  it('says so in one line, and goes on in memory', async () => {
    const file = join(temporaryFolder(), 'console.db')
    const preload = 'data:text/javascript,process.getBuiltinModule=()=>undefined'
    const command = new Command(['--port', '0', '--db', file], { NODE_OPTIONS: `--import=${preload}` })
    const port = await command.port()
    const lines = command.err.split('\n').filter((line) => line.includes('--db'))
    expect(lines).toEqual([
      `warning: --db needs Node 22.13 or later, and this is ${process.version}: records are in memory alone`,
    ])
    expect(command.out).toContain('kept      in memory')
    expect(await status(port)).toMatchObject({ store: { kind: 'memory' } })
    expect(existsSync(file)).toBe(false)
  })
})
