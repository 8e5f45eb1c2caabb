import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { getLogger, initTelemetry, runWithContext } from '@throughline/core'

// Runs itself, so that the line goes through the real writer to a real stream.
if (process.argv[2] === 'write') {
  initTelemetry({ serviceName: 'smoke' })
  runWithContext({ 'request.id': 'smoke-1' }, () =>
    getLogger('draft').info('pick_made', { 'pick.number': 7 }),
  )
} else {
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), 'write'], {
    encoding: 'utf8',
  })
  const records = output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  const { timestamp, ...record } = records.find(({ event }) => event === 'pick_made')

  assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000)
  assert.deepEqual(record, {
    level: 'info',
    event: 'pick_made',
    logger: 'draft',
    'pick.number': 7,
    'request.id': 'smoke-1',
  })
}
