/** Measures the store by itself at its default bound: what adding, listing, searching and opening take. */
import { decodeRequest } from '@throughline/otlp'
import { Store } from '../build/model/store.js'
import { bodiesOf, fourRequests, largeRequest } from './traffic.mjs'

const RUNS = 7
/** More than the bound, so that requests leave as well. */
const FOURS = 5000
const AT_ONCE = 25

const store = new Store()
let took = 0
for (let number = 0; number < FOURS; number += AT_ONCE) {
  const at = Date.now() - 2 * (FOURS - number)
  const requests = Array.from({ length: AT_ONCE }, (_, index) => fourRequests(number + index, at))
  add({ api: requests.flatMap(({ api }) => api) })
  add({ worker: requests.flatMap(({ worker }) => worker) })
}
console.log(`add       ${((took / (28 * FOURS)) * 1000).toFixed(1)} µs a record, with its decoding`)
add({ api: largeRequest('large', Date.now()) })

measure('list', () => store.list({}))
measure('list, failed alone', () => store.list({ state: 'failed' }))
measure('search, found often', () => store.list({ q: 'ember' }))
measure('search, found once', () => store.list({ q: 'pick.id:4990' }))
measure('search, not found', () => store.list({ q: 'zzzzzz' }))
measure('search, three terms', () => store.list({ q: 'user:42 -is:failed pick' }))
measure('events', () => store.events())
measure('metrics of spans', () => store.metrics({ minutes: 15 }))
measure('5,001 rows', () => store.view('large'))
measure('changes', () => store.changesSince(0, 500))
globalThis.gc?.()
const { rss, heapUsed } = process.memoryUsage()
console.log(`memory    ${megabytes(rss)} MB, of the heap ${megabytes(heapUsed)} MB; ${summary()}`)

function add(recordsByService) {
  for (const [signal, body] of Object.entries(bodiesOf(recordsByService))) {
    const start = performance.now()
    store.add(decodeRequest(signal, 'protobuf', body))
    took += performance.now() - start
  }
}

function measure(name, run) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  const [first] = times
  const [median, most] = [times.toSorted((a, b) => a - b)[RUNS >> 1], Math.max(...times)]
  console.log(
    `${name.padEnd(20)} first ${first.toFixed(1)}, median ${median.toFixed(1)}, most ${most.toFixed(1)} ms`,
  )
}

function summary() {
  const { records, bytes } = store.summary()
  return `${records} records, ${megabytes(bytes)} MB as counted`
}

function megabytes(bytes) {
  return Math.round(bytes / 2 ** 20)
}
