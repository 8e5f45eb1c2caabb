import { createRequire } from 'node:module'
import { join, normalize } from 'node:path'
import type { InstrumentationBase, InstrumentationModuleDefinition } from '@opentelemetry/instrumentation'
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
 */
export function patchLoaded(instrumentation: InstrumentationBase): void {
  const patcher = instrumentation as unknown as Patcher
  const definitions = instrumentation.getModuleDefinitions()
  for (const [file, module] of Object.entries(loadedModules)) {
    const found = module?.loaded === true ? packageFile(file) : undefined
    if (found === undefined || module === undefined) continue
    for (const definition of definitions) {
      const name = found.name === definition.name ? patchedName(definition, found, file) : undefined
      if (name !== undefined) patcher._onRequire(definition, module.exports, name, found.base)
    }
  }
}

/** Instruments a module of Node's own. */
export function patchBuiltin(instrumentation: InstrumentationBase, name: string, exports: object): void {
  const definition = instrumentation.getModuleDefinitions().find((one) => one.name === name)
  if (definition !== undefined) (instrumentation as unknown as Patcher)._onRequire(definition, exports, name)
}

/** As the instrumentation calls it: the package's name for its main file, the path from there for an inner one. */
function patchedName(
  { files }: InstrumentationModuleDefinition,
  { name, base, path }: PackageFile,
  file: string,
): string | undefined {
  const inner = normalize(`${name}/${path}`)
  if (files.some((one) => one.name === inner)) return inner
  return file === mainFile(name, base) ? name : undefined
}

function mainFile(name: string, base: string): string | undefined {
  try {
    return createRequire(join(base, 'package.json')).resolve(name)
  } catch {
    return undefined
  }
}
