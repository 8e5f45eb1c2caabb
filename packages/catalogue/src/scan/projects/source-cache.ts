import { ts } from '../../engine/typescript.js'

/** Known to the compiler, though its types leave it out for a host of a program. */
const SOURCES_OF_REFERENCES = { useSourceOfProjectReferenceRedirect: () => true }

/**
 * Parsed source files, for the programs of one scan to share: most projects read the same libraries.
 *
 * What the options of a program make of a file is part of the key, as in the registry of the language service.
 */
export class SourceCache {
  readonly #files = new Map<string, ts.SourceFile>()
  readonly #registry = ts.createDocumentRegistry()

  /** A host that reads files through this cache, and takes sources where a reference would take what was built. */
  hostOf(options: ts.CompilerOptions): ts.CompilerHost {
    const host = ts.createCompilerHost(options)
    const settings = { ...options, pathsBasePath: undefined }
    const bucket = String(this.#registry.getKeyForCompilationSettings(settings))
    const read = host.getSourceFile.bind(host)
    host.getSourceFile = (name, version, onError, isNew) => {
      const format = typeof version === 'object' ? version.impliedNodeFormat : undefined
      const key = `${bucket}|${format}|${name}`
      let file = this.#files.get(key)
      if (file === undefined) {
        file = read(name, version, onError, isNew)
        if (file !== undefined) this.#files.set(key, file)
      }
      return file
    }
    host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeInfo
    return Object.assign(host, SOURCES_OF_REFERENCES)
  }

  /** Forgets all but declaration files, which stay as they are from one scan to the next. */
  keepDeclarations(): void {
    for (const [key, file] of this.#files) if (!file.isDeclarationFile) this.#files.delete(key)
  }
}
