import assert from 'node:assert/strict'

/** Two lines of each attempt, its own and that of its completion, with the id of the request that added the job. */
export function checkJobLines(variant, lines, units) {
  for (const event of ['pick_made', 'job_completed']) {
    const all = lines.filter((line) => (line.event ?? line.msg) === event)
    assert.equal(all.length, units, `${variant} writes ${event} of each attempt`)
    assert.ok(all.every((line) => line['request.id'] === 'bench-0123456789'))
  }
}
