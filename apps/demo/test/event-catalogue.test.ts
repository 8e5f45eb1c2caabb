import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const folder = fileURLToPath(new URL('..', import.meta.url))
const catalogue = dirname(createRequire(import.meta.url).resolve('@throughline/catalogue/package.json'))

describe('EVENTS.md', () => {
  it('has every event of the service, and nothing is left to guess', () => {
    const exclude = ['--exclude', 'packages/**', '--exclude', 'apps/services/**']
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(catalogue, 'dist', 'cli.js'), 'events', ...exclude, '--check', 'EVENTS.md', '--strict'],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    )
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^EVENTS\.md: up to date\n\d+ events, 0 warnings in \d+ files\n$/)
    expect(status).toBe(0)
  }, 60_000)
})
