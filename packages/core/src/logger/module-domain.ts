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
    const segments = relative(folder, file.slice(0, -extname(file).length || undefined)).split(sep)
    if (segments.length > 1 && ROOTS.has(segments[0] ?? '')) segments.shift()
    if (segments.length > 1 && segments.at(-1) === 'index') segments.pop()
    return segments.join('.')
  } catch {
    return basename(url) || 'unknown'
  }
}
