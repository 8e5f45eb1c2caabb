import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scan } from '@throughline/catalogue'
import { generateProject } from '../../src/catalogue/generate-project.mjs'
import { measure, units as files } from '../../src/variant.mjs'

/** Of a service as people write them. */
const LINES_PER_FILE = 64
const SITES_PER_FILE = 16

const folder = mkdtempSync(join(tmpdir(), 'throughline-catalogue-'))
try {
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
  const { tsconfig, sites } = generateProject({
    folder,
    files,
    lines: files * LINES_PER_FILE,
    sites: files * SITES_PER_FILE,
  })
  let found
  await measure((times) => {
    if (times > 0) found = scan({ tsconfigs: [tsconfig], cwd: folder })
  })
  const { events, warnings, loaded } = found
  const places = new Set(events.flatMap(({ locations }) => locations)).size
  console.log(JSON.stringify({ loaded, sites, places, warnings: warnings.length }))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
