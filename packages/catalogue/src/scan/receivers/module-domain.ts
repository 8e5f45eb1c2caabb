import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { domainOfPath } from '@throughline/core/binding'
import { ts } from '../../engine/typescript.js'
import type { Sources } from '../sources.js'

/** What the type of `getLogger(import.meta)` has for a domain. */
export const MODULE_DOMAIN = '<module>'

/** Finds the domain of `getLogger(import.meta)`: the path of the module that the expression stands in (C3). */
export class ModuleDomains {
  readonly #packages = new Map<string, string>()

  constructor(private readonly sources: Sources) {}

  /** The domain of a call that is given `import.meta`; undefined where its module cannot be told. */
  of(node: ts.Expression): string | undefined {
    const given = ts.isCallExpression(node) ? node.arguments[0] : undefined
    const meta = given && this.#metaOf(given)
    if (meta === undefined) return undefined
    const file = meta.getSourceFile().fileName
    return domainOfPath(
      relative(this.#packageOf(dirname(file)), file)
        .replaceAll('\\', '/')
        .split('/'),
    )
  }

  #metaOf(node: ts.Expression, steps = 0): ts.MetaProperty | undefined {
    if (ts.isMetaProperty(node)) return node
    const sources = steps > 8 ? undefined : this.sources.of(node)
    const [only] = sources ?? []
    return sources?.length === 1 && only !== undefined ? this.#metaOf(only, steps + 1) : undefined
  }

  /** The nearest folder with a package.json, as at run time. */
  #packageOf(folder: string): string {
    let found = this.#packages.get(folder)
    if (found === undefined) this.#packages.set(folder, (found = packageFolder(folder) ?? folder))
    return found
  }
}

function packageFolder(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) return undefined
  }
}
