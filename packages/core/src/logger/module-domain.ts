import { basename, dirname, extname, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../package-file.js'

/** Folders that hold the sources or what was built from them: not part of a domain. */
const ROOTS: ReadonlySet<string> = new Set(['src', 'dist', 'build', 'lib', 'out'])

/**
 * The domain of a module: its path from the nearest package.json, without a first segment `src`, `dist`,
 * `build`, `lib` or `out`, without extension and `/index`, with dots for slashes (R7.2). Never throws.
 */
export function moduleDomain(meta: { url?: string } | null): string {
  const url = typeof meta?.url === 'string' ? meta.url : ''
  try {
    const file = fileURLToPath(url)
    const folder = packageFolder(dirname(file)) ?? dirname(file)
    return domainOfPath(relative(folder, file).split(sep))
  } catch {
    return basename(url) || 'unknown'
  }
}

/** The domain of a module by the segments of its path from the folder of its package. */
export function domainOfPath(path: readonly string[]): string {
  const file = path.at(-1) ?? ''
  const segments = [...path.slice(0, -1), file.slice(0, -extname(file).length || undefined)]
  if (segments.length > 1 && ROOTS.has(segments[0] ?? '')) segments.shift()
  if (segments.length > 1 && segments.at(-1) === 'index') segments.pop()
  return segments.join('.')
}
