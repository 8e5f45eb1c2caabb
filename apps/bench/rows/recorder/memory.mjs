import { getLogger, initTelemetry, runUnit } from '@throughline/core'
import { contextOf } from '../../src/fields.mjs'
import { processUsage, usedBetween } from '../../src/process-usage.mjs'
import { report, settledHeap, units } from '../../src/variant.mjs'
import { writeLines } from './debug-lines.mjs'

initTelemetry()
const log = getLogger('draft')
const start = processUsage()
const before = await settledHeap()

let finish
const finished = new Promise((resolve) => (finish = resolve))
const open = Array.from({ length: units }, (_, at) =>
  runUnit({ kind: 'task', name: 'pick', fields: contextOf(at), quiet: true }, async () => {
    writeLines((attributes) => log.debug('pick_weighed', attributes))
    await finished
  }),
)
report({ heap: [(await settledHeap()) - before], used: usedBetween(start, processUsage()), units })
finish()
await Promise.all(open)
