import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** The product runs in a process of its own, which blocks this one: the collector is in a thread. */
const COLLECTOR = `
  const { createServer } = require('node:http')
  const { parentPort } = require('node:worker_threads')
  createServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk) => (bytes += chunk.length))
    request.on('end', () => (response.end(), parentPort.postMessage({ path: request.url, bytes })))
  }).listen(0, '127.0.0.1', function () { parentPort.postMessage({ port: this.address().port }) })`

const PRODUCT = `
  import { createUsageTelemetry, wrapCli } from '@throughline/usage'
  const telemetry = createUsageTelemetry({ prefix: 'acme', surface: 'cli', version: '1.0.0', endpoint: process.env.ENDPOINT })
  await wrapCli(telemetry, () => process.env.EXIT && process.exit(3), { commands: ['login'], argv: ['login'] })`

const messages = []
const waiting = []
const collector = new Worker(COLLECTOR, { eval: true })
collector.on('message', (message) => (waiting.shift() ?? ((each) => messages.push(each)))(message))
const next = () => (messages.length > 0 ? messages.shift() : new Promise((resolve) => waiting.push(resolve)))

const { port } = await next()

function run(env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', PRODUCT], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env.PATH, ENDPOINT: `http://127.0.0.1:${port}`, ...env },
    encoding: 'utf8',
  })
  assert.deepEqual([stdout, stderr], ['', ''])
  return status
}

assert.equal(run({}), 0)
assert.equal(run({ EXIT: '1' }), 3)
for (const [env, code] of [
  [{}, 0],
  [{ EXIT: '1' }, 3],
]) {
  assert.equal(run({ ...env, ACME_TELEMETRY: 'on' }), code)
  const { path, bytes } = await next()
  assert.equal(path, '/v1/metrics')
  assert.ok(bytes > 100)
}
assert.deepEqual(messages, [])
await collector.terminate()
