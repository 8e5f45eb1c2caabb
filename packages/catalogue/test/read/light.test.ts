import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const folder = fileURLToPath(new URL('../..', import.meta.url))

const HOOKS = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs'
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context)
    writeSync(1, found.url + '\\n')
    return found
  }`)}`

/** The modules that an import resolves, in a process of its own. */
function modulesOf(specifier: string): string[] {
  const code = `
    import { register } from 'node:module'
    register(${JSON.stringify(HOOKS)})
    await import('${specifier}')`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '--eval', code],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  )
  expect(stderr).toBe('')
  return stdout.trim().split('\n')
}

const HEAVY = /\/(?:typescript6?|commander|diff|yaml|picomatch)\//

describe('@throughline/catalogue/read', () => {
  it('loads neither a compiler nor the command nor another package', () => {
    const modules = modulesOf('@throughline/catalogue/read')
    expect(modules.length).toBeGreaterThan(0)
    expect(modules.filter((url) => url.includes('/node_modules/'))).toEqual([])
  })

  it('would be found out if it did', () => {
    expect(modulesOf('@throughline/catalogue').some((url) => HEAVY.test(url))).toBe(true)
  })
})
