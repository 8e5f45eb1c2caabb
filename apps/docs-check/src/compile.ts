import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Snippet } from './snippets.js'

const folder = fileURLToPath(new URL('../dist/snippets/', import.meta.url))
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))

const TSCONFIG = {
  extends: '../../../../tsconfig.base.json',
  compilerOptions: {
    rootDir: 'src',
    outDir: 'out',
    composite: false,
    declaration: false,
    declarationMap: false,
  },
  include: ['src'],
}

/**
 * Type-checks all snippets against the built packages in one go and emits them.
 *
 * @returns what the compiler says of each snippet, by its name; nothing for one that is right
 */
export function compileSnippets(snippets: readonly Snippet[]): Map<string, string> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'src'), { recursive: true })
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
  for (const { name, line, code } of snippets) {
    // On the same line as in its page, so that the compiler's words lead there.
    writeFileSync(join(folder, 'src', `${name}.ts`), `${'\n'.repeat(line - 1)}${code}\nexport {}\n`)
  }
  const tsc = [join(typescript, 'bin/tsc'), '-p', folder, '--pretty', 'false']
  const { stdout } = spawnSync(process.execPath, tsc, { encoding: 'utf8', cwd: folder })
  return problemsBySnippet(stdout)
}

/** The file that a snippet was compiled to. */
export function compiledFile(snippet: Snippet): string {
  return join(folder, 'out', `${snippet.name}.js`)
}

function problemsBySnippet(output: string): Map<string, string> {
  const problems = new Map<string, string>()
  let current = ''
  for (const line of output.split('\n')) {
    current = /^(?:.*[/\\])?src[/\\](.+?)\.ts\(/.exec(line)?.[1] ?? current
    if (line.trim() !== '') problems.set(current, `${problems.get(current) ?? ''}${line}\n`)
  }
  return problems
}
