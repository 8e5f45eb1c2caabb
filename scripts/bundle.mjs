import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Turns what the compiler wrote to `build` into what is published, for the package of the working directory: a file for
 * each entry of its `exports` and `bin`, those that these share, and the development dependencies that its sources import.
 *
 * Node looks up, reads and links each module on its own: as a hundred of them, a start takes twice as long.
 */
const {
  bin = {},
  dependencies = {},
  exports,
  peerDependencies,
} = JSON.parse(readFileSync('package.json', 'utf8'))
const commands = Object.values(bin)
const entries = [...Object.values(exports).filter((path) => path.endsWith('.js')), ...commands]

// Not the folder: it has the declarations of a `src/shared` too.
for (const file of existsSync('dist/shared') ? readdirSync('dist/shared') : []) {
  if (/\.js(?:\.map)?$/.test(file)) rmSync(`dist/shared/${file}`)
}
const { metafile } = await build({
  entryPoints: entries.map((path) => path.replace(/^\.\/dist\//, 'build/')),
  outbase: 'build',
  outdir: 'dist',
  chunkNames: 'shared/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys({ ...dependencies, ...peerDependencies }),
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
})
for (const command of commands) chmodSync(command, 0o755)
writeLicenses(Object.keys(metafile.inputs))

/** Whoever hands on a package hands on its licence. */
function writeLicenses(files) {
  const folders = new Set(
    files.flatMap((file) => /.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  )
  const texts = [...folders].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file))
    return `${name} ${version}\n\n${readFileSync(join(folder, license), 'utf8').trim()}\n`
  })
  if (texts.length > 0) writeFileSync('dist/third-party-licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`))
}
