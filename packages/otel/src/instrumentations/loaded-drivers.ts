import { join, normalize } from 'node:path'
import type { InstrumentationBase, InstrumentationModuleDefinition } from '@opentelemetry/instrumentation'
import { module } from '../builtins.js'
import { loadedModules, type PackageFile, packageFile } from './driver.js'

/** What an instrumentation does with a module that is being required; versions and files are its own to judge. */
interface Patcher {
  _onRequire(
    definition: InstrumentationModuleDefinition,
    exports: unknown,
    name: string,
    folder?: string,
  ): unknown
}

/**
 * Instruments modules as if they were required now, in every copy that is loaded: drivers are CommonJS, and their
 * methods are patched on prototypes, so those who have imported them already are served too.
 *
 * @returns what takes the patches out again
 */
export function patchLoaded(instrumentation: InstrumentationBase): () => void {
  const patcher = instrumentation as unknown as Patcher
  const definitions = instrumentation.getModuleDefinitions()
  const undo: (() => void)[] = []
  for (const [file, module] of Object.entries(loadedModules)) {
    const found = module?.loaded === true ? packageFile(file) : undefined
    if (found === undefined || module === undefined) continue
    for (const definition of definitions) {
      const part = found.name === definition.name ? partOf(definition, found, file) : undefined
      if (part === undefined) continue
      const exports: unknown = module.exports
      patcher._onRequire(definition, exports, part.name, found.base)
      // Set where the version is one that the instrumentation knows.
      if (part.moduleExports === exports) undo.push(() => part.unpatch?.(exports))
    }
  }
  return () => {
    for (const one of undo.toReversed()) one()
  }
}

/** Instruments a module of Node's own. */
export function patchBuiltin(instrumentation: InstrumentationBase, name: string, exports: object): void {
  const definition = instrumentation.getModuleDefinitions().find((one) => one.name === name)
  if (definition !== undefined) (instrumentation as unknown as Patcher)._onRequire(definition, exports, name)
}

/** The part of a definition that is about the file: one of its files, or the package's main file. */
function partOf(
  definition: InstrumentationModuleDefinition,
  { name, base, path }: PackageFile,
  file: string,
): Pick<InstrumentationModuleDefinition, 'name' | 'unpatch' | 'moduleExports'> | undefined {
  const inner = normalize(`${name}/${path}`)
  const part = definition.files.find((one) => one.name === inner)
  return part ?? (file === mainFile(name, base) ? definition : undefined)
}

function mainFile(name: string, base: string): string | undefined {
  try {
    return module.createRequire(join(base, 'package.json')).resolve(name)
  } catch {
    return undefined
  }
}
