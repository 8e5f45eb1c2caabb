import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getLogger } from '@throughline/core'
import { captureTelemetry, expectCatalogued } from '@throughline/testing'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
const command = join(
  dirname(createRequire(import.meta.url).resolve('@throughline/catalogue/package.json')),
  'dist/cli.js',
)

const folder = mkdtempSync(join(tmpdir(), 'throughline-smoke-'))
symlinkSync(modules, join(folder, 'node_modules'))
mkdirSync(join(folder, 'src'))
writeFileSync(
  join(folder, 'src/pay.ts'),
  `import { getLogger } from '@throughline/core'\ngetLogger('order').info('paid', { 'order.id': 7 })\n`,
)
const compilerOptions = { target: 'es2023', lib: ['es2023'], types: [], module: 'nodenext' }
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))

function throughline(...args) {
  const { status, stderr } = spawnSync(process.execPath, [command, 'events', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stderr }
}

assert.deepEqual(throughline('--out', 'EVENTS.md', '--strict'), {
  status: 0,
  stderr: 'EVENTS.md: written\n1 event, 0 warnings in 1 file\n',
})
assert.equal(throughline('--check', 'EVENTS.md').status, 0)
assert.equal(throughline('--check', 'EVENTS.md', '--no-lines').status, 1)
assert.equal(throughline('missing.json').status, 2)

const capture = captureTelemetry()
const catalogue = join(folder, 'EVENTS.md')
getLogger('order').info('paid', { 'order.id': 8 })
expectCatalogued(capture, { catalogue })
getLogger('order').info('refunded')
assert.throws(() => expectCatalogued(capture, { catalogue }), /order\.refunded: there is no such event/)
await capture.stop()
rmSync(folder, { recursive: true })
