import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const script = fileURLToPath(new URL('../fixtures/vitest-expect.mjs', import.meta.url))

describe("the matchers under Vitest's expect", () => {
  it('pass, fail and say why', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'fatal', FORCE_COLOR: '0' },
    })
    expect(stderr).toBe('')
    expect(stdout.replaceAll(/\u001b\[\d+m/g, '')).toMatch(
      /^expect\(telemetry\)\.toHaveLogged\(event, attrs\)\n\nExpected: "pick_made"[^]*\n {4}hero\.id: expected 42, got 41\n[^]*\nexpect\(telemetry\)\.toHaveSpan\(name, attrs\)\n\nExpected: "import"[^]*\n {4}kind: expected "server", got "internal"\n$/,
    )
  })
})
