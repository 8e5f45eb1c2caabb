import type { Page } from './pages.js'
import { type Fence, findFences } from './fences.js'

/** A block of TypeScript that claims something: that it compiles, or what it prints. */
export interface Snippet {
  /** `README.md:12`, where a reader finds it. */
  readonly title: string
  /** Name of its file, without extension. */
  readonly name: string
  readonly line: number
  readonly code: string
  readonly runs: boolean
  /** Environment it runs with: the words `NAME=value` behind `run`. */
  readonly env: Readonly<Record<string, string>>
  /** What it prints, in order; other lines may stand between. */
  readonly output: { readonly language: 'text' | 'json'; readonly content: string } | undefined
}

/**
 * The snippets of a page: blocks marked `ts run` or `ts compile`. A block marked `text output` or `json output`
 * says what the one before it prints.
 */
export function findSnippets({ path, text }: Page): Snippet[] {
  const fences = findFences(text)
  return fences.flatMap((fence, index) => {
    const [mode, ...settings] = fence.words
    if (fence.language !== 'ts' || (mode !== 'run' && mode !== 'compile')) return []
    const title = `${path}:${fence.line}`
    return {
      title,
      name: title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      line: fence.line,
      code: fence.content,
      runs: mode === 'run',
      env: Object.fromEntries(settings.map((setting) => setting.split('=', 2) as [string, string])),
      output: outputOf(fences[index + 1]),
    }
  })
}

/** Blocks of TypeScript that nothing checks. */
export function findUnmarked({ path, text }: Page): string[] {
  return findFences(text)
    .filter(({ language, words }) => /^(ts|typescript|js|javascript)$/.test(language) && words.length === 0)
    .map(({ line }) => `${path}:${line}`)
}

function outputOf(fence: Fence | undefined): Snippet['output'] {
  if (fence === undefined || fence.words[0] !== 'output') return undefined
  const { language, content } = fence
  if (language !== 'text' && language !== 'json')
    throw new Error(`line ${fence.line}: output is text or json`)
  return { language, content }
}
