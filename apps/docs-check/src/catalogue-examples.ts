import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Catalogue, mergeEvents, scan } from '@throughline/catalogue'
import { findFences } from './fences.js'
import type { Page } from './pages.js'

/** A file of a page that names its path, and what the page says that comes of it. */
export interface CatalogueExample {
  /** `docs/event-catalogue.md:12`, where a reader finds it. */
  readonly title: string
  readonly file: string
  readonly code: string
  /** The blocks behind it: `catalogue` in a language, or `text warning`. */
  readonly promises: readonly { readonly is: string; readonly language: string; readonly content: string }[]
}

/** The blocks marked `ts compile file=…` of a page, each with the blocks that follow it up to the next one. */
export function findExamples({ path, text }: Page): CatalogueExample[] {
  const examples: (CatalogueExample & { promises: CatalogueExample['promises'][number][] })[] = []
  for (const { language, words, content, line } of findFences(text)) {
    const file = words.find((word) => word.startsWith('file='))?.slice('file='.length)
    if (language === 'ts' && file !== undefined) {
      examples.push({ title: `${path}:${line}`, file, code: content, promises: [] })
    } else if (words[0] === 'catalogue' || words[0] === 'warning') {
      examples.at(-1)?.promises.push({ is: words[0], language, content })
    }
  }
  return examples
}

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))
const TSCONFIG = {
  compilerOptions: { target: 'es2023', lib: ['es2023'], types: [], module: 'nodenext', strict: true },
}

/** What the command finds in each example, by its title; all are scanned at once, each as if it were alone. */
export function scanExamples(examples: readonly CatalogueExample[]): Map<string, Catalogue> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-docs-'))
  try {
    symlinkSync(MODULES, join(folder, 'node_modules'))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    for (const [index, { file, code }] of examples.entries()) {
      const path = join(folder, String(index), file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `${code}\nexport {}\n`)
    }
    const { events, warnings, loaded } = scan({ tsconfigs: ['tsconfig.json'], cwd: folder })
    if (!loaded) throw new Error(JSON.stringify(warnings))
    return new Map(
      examples.map(({ title }, index) => [title, partOf({ events, warnings }, `${index}/`)] as const),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The catalogue of what lies in one folder, with paths from there. */
function partOf({ events, warnings }: Catalogue, folder: string): Catalogue {
  const own = events.filter(({ locations }) => locations[0]?.startsWith(folder))
  const merged = mergeEvents(
    own.map((event) => ({ ...event, locations: event.locations.map((at) => at.slice(folder.length)) })),
  )
  const found = warnings
    .filter(({ at }) => at.startsWith(folder))
    .map((warning) => ({ ...warning, at: warning.at.slice(folder.length) }))
  return { events: merged.events, warnings: [...found, ...merged.warnings] }
}
