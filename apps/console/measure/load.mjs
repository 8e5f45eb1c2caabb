/** Measures the built command as a process: two minutes of load, then what a page asks for. `--help` lists the options. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { bodiesOf, fourRequests, largeRequest } from './traffic.mjs'

const TICK_MS = 100
/** 28 records each: 5,000 lines and 2,000 spans a second. */
const FOURS_A_TICK = 25
const RUNS = 7

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    padding: { type: 'string', default: '0' },
    db: { type: 'string' },
    browser: { type: 'boolean', default: false },
    'cpu-prof': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  console.log(
    '--seconds <number>  --padding <characters of each line>  --db <file>  --browser (with a page open)  --cpu-prof',
  )
  process.exit()
}

const posts = { slowest: 0, failed: 0, count: 0 }
const { child, url } = await startConsole()
const visitor = options.browser ? openPage() : undefined
try {
  await sendLoad(Number(options.seconds))
  await visitor
  await post({ api: largeRequest('large', Date.now()) })
  await report()
} finally {
  child.kill('SIGINT')
  await once(child, 'exit')
}

async function startConsole() {
  const db = options.db === undefined ? [] : ['--db', options.db]
  const profile = options['cpu-prof'] ? ['--cpu-prof'] : []
  const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
  const child = spawn(process.execPath, [...profile, command, '--port', '0', ...db], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  while (!output.includes('Ctrl-C')) await Promise.race([once(child.stdout, 'data'), failedStart(child)])
  return { child, url: /endpoint +(http:\S+)/.exec(output)[1] }
}

async function failedStart(child) {
  await once(child, 'exit')
  throw new Error('The console has ended.')
}

async function sendLoad(seconds) {
  const start = performance.now()
  const before = cpuSeconds()
  const padding = 'x'.repeat(Number(options.padding))
  let worker = []
  // By the clock: a machine that is busy otherwise sends less, and the report says so.
  for (let tick = 0; performance.now() < start + seconds * 1000; tick += 1) {
    await sleepUntil(start + tick * TICK_MS)
    const fours = Array.from({ length: FOURS_A_TICK }, (_, index) =>
      fourRequests(tick * FOURS_A_TICK + index, Date.now(), padding),
    )
    // A worker's records come later than those of the request that added its job.
    void post({ api: fours.flatMap(({ api }) => api), worker })
    worker = fours.flatMap((four) => four.worker)
  }
  await post({ worker })
  const took = (performance.now() - start) / 1000
  console.log(`load      ${took.toFixed(1)} s, ${((cpuSeconds() - before) / took).toFixed(2)} of a core`)
}

async function post(recordsByService) {
  await Promise.all(
    Object.entries(bodiesOf(recordsByService)).map(async ([signal, body]) => {
      const start = performance.now()
      const response = await fetch(`${url}/v1/${signal}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
        body: gzipSync(body, { level: 1 }),
      }).catch(() => undefined)
      await response?.arrayBuffer()
      posts.count += 1
      posts.slowest = Math.max(posts.slowest, performance.now() - start)
      if (response?.status !== 200) posts.failed += 1
    }),
  )
}

async function report() {
  const { records, bytes, evicted, received } = await (await fetch(`${url}/api/status`)).json()
  console.log(
    `posts     ${posts.count}, slowest ${posts.slowest.toFixed(0)} ms, ${posts.failed} not answered with 200`,
  )
  console.log(
    `received  ${received.logs} lines, ${received.spans} spans; ${Math.round(received.logs / options.seconds)} lines a second`,
  )
  console.log(
    `kept      ${records} records, ${Math.round(bytes / 2 ** 20)} MB as counted; ${evicted.records} evicted`,
  )
  await ask('list', '/api/requests')
  await ask('list, failed alone', '/api/requests?state=failed')
  await ask('search, found', '/api/requests?q=ember')
  await ask('search, not found', '/api/requests?q=zzzzzz')
  await ask('events', '/api/events')
  await ask('metrics', '/api/metrics')
  await ask('5,001 rows', '/api/requests/large')
  const memory = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const megabytes = (name) => Math.round(new RegExp(`${name}:\\s+(\\d+)`).exec(memory)[1] / 1024)
  console.log(`memory    at most ${megabytes('VmHWM')} MB, at the end ${megabytes('VmRSS')} MB`)
}

async function ask(name, path) {
  const times = []
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now()
    await (await fetch(url + path)).arrayBuffer()
    times.push(performance.now() - start)
  }
  const [first] = times
  const median = times.toSorted((a, b) => a - b)[RUNS >> 1]
  console.log(
    `${name.padEnd(20)} first ${first.toFixed(0)}, median ${median.toFixed(0)}, most ${Math.max(...times).toFixed(0)} ms`,
  )
}

/** A page that follows the list, in a browser; it ends before the load does. */
async function openPage() {
  const script = fileURLToPath(new URL('../../browser/dist/console/interactions.js', import.meta.url))
  const page = spawn(process.execPath, [script, url, String(Math.max(5, options.seconds - 10))], {
    stdio: 'inherit',
  })
  await once(page, 'exit')
}

function cpuSeconds() {
  const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11)
  return (Number(user) + Number(system)) / 100
}

function sleepUntil(time) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())))
}
