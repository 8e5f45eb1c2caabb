import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { bindContext, getContext, runWithContext } from '@throughline/core'

// Two requests at once keep their own context over awaits, and a nested run restores the outer one.
const seen = await Promise.all(
  ['one', 'two'].map((id) =>
    runWithContext({ 'request.id': id }, async () => {
      await sleep(1)
      bindContext({ 'user.id': id.length })
      const inner = await runWithContext({ 'job.id': `${id}-job` }, async () => getContext())
      return [inner, getContext()]
    }),
  ),
)

assert.deepEqual(seen, [
  [
    { 'request.id': 'one', 'user.id': 3, 'job.id': 'one-job' },
    { 'request.id': 'one', 'user.id': 3 },
  ],
  [
    { 'request.id': 'two', 'user.id': 3, 'job.id': 'two-job' },
    { 'request.id': 'two', 'user.id': 3 },
  ],
])
assert.deepEqual(getContext(), {})
