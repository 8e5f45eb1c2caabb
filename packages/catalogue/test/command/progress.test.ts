import { describe, expect, it } from '@jest/globals'
import { createProgress } from '../../src/command/progress.js'
import type { Terminal } from '../../src/command/terminal.js'

/** What a scan of ten files, 300 ms each, shows. */
function shown(stderr: { isTTY?: boolean; columns?: number }, env: Terminal['env'] = {}): string {
  let [text, time] = ['', 0]
  const output = { ...stderr, write: (part: string) => (text += part) }
  const progress = createProgress({ cwd: '', env, stdout: output, stderr: output }, () => time)
  for (let done = 1; done <= 5; done++) {
    time += 300
    progress.update(done, 10)
    progress.update(done, 10)
  }
  progress.clear()
  return text
}

describe('createProgress', () => {
  it('shows nothing in the first second, then one line that is rewritten and cleared', () => {
    expect(shown({ isTTY: true })).toBe(
      '\r\u001b[Kreading 4 of 10 files\r\u001b[Kreading 5 of 10 files\r\u001b[K',
    )
  })

  it('keeps to the width of the terminal', () => {
    expect(shown({ isTTY: true, columns: 10 })).toBe('\r\u001b[Kreading 4\r\u001b[Kreading 5\r\u001b[K')
  })

  it.each([
    ['without a terminal', { isTTY: false }, {}],
    ['in a build', { isTTY: true }, { CI: 'true' }],
    ['on a terminal that cannot go back', { isTTY: true }, { TERM: 'dumb' }],
  ])('shows nothing %s', (_title, stderr, env) => {
    expect(shown(stderr, env)).toBe('')
  })
})
