import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Packages behind symbolic links are found after telemetry has looked at a piped standard output:
// Node 20 remembers what kind of file it has last asked about, and then takes a symbolic link for what it is not.
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'piped-'))
try {
  mkdirSync(join(folder, 'store/linked'), { recursive: true })
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'store/linked/package.json'), '{"name":"linked","main":"index.js"}')
  writeFileSync(join(folder, 'store/linked/index.js'), 'module.exports = __filename')
  symlinkSync('../store/linked', join(folder, 'node_modules/linked'))
  const core = fileURLToPath(import.meta.resolve('@throughline/core'))
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { createRequire } from 'node:module'
     const { initTelemetry } = await import(${JSON.stringify(`file://${core}`)})
     createRequire(import.meta.url)('./other.cjs')
     initTelemetry()
     console.error(createRequire(import.meta.url)('linked'))`,
  )
  writeFileSync(join(folder, 'other.cjs'), '')
  const { stderr } = spawnSync(process.execPath, ['main.mjs'], { cwd: folder, encoding: 'utf8' })
  assert.equal(stderr.trim(), join(folder, 'store/linked/index.js'))
} finally {
  rmSync(folder, { recursive: true })
}
