import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Files by their path in a project. */
export type Files = Readonly<Record<string, string>>

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const TYPES = fileURLToPath(new URL('../../../../node_modules/@types', import.meta.url))

/** What an application of today has in its tsconfig. */
export const OPTIONS = {
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  // Cases without an import are modules too.
  moduleDetection: 'force',
  types: ['node'],
  typeRoots: [TYPES],
  strict: true,
  jsx: 'preserve',
  allowJs: true,
  checkJs: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  useDefineForClassFields: true,
}

/** A folder with a project in it, which finds the packages that this one has. */
export class TestProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-catalogue-')))

  constructor(files: Files = {}) {
    this.write(files)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(files: Files): this {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true })
      writeFileSync(this.path(name), text)
    }
    return this
  }

  /** Adds a tsconfig with the options of today. */
  configure(name = 'tsconfig.json', config: object = {}): this {
    return this.write({ [name]: JSON.stringify({ compilerOptions: OPTIONS, ...config }) })
  }

  /** Links the packages that the sources import. */
  install(): this {
    symlinkSync(MODULES, this.path('node_modules'))
    return this
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
