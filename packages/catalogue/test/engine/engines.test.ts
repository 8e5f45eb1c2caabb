import { afterAll, describe, expect, it } from '@jest/globals'
import type * as Native from 'typescript/unstable/sync'
import { createClassicEngine } from '../../src/engine/classic-engine.js'
import type { Engine } from '../../src/engine/engine.js'
import { ts } from '../../src/engine/typescript.js'
import { FileScanner } from '../../src/scan/scan-file.js'
import { readCases } from '../conformance/cases.js'
import { writtenCases } from '../scan/cases/all.js'
import { asScanCase } from '../scan/cases/written-case.js'
import { TestProject } from '../scan/project.js'
import type { ScanCase } from '../scan/scan-cases.js'
import { createNativeEngine } from './native-engine.js'

const api = await loadNative()
const { scan: conformance } = readCases<{ scan: readonly ScanCase[] }>('catalogue')
const cases = [...conformance, ...writtenCases.map((written) => asScanCase(written, written.id))]
const project = new TestProject().configure().install()
for (const { id, files } of cases) {
  project.write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${id}/${name}`, text])))
}
afterAll(() => project.remove())

/** It is unstable: a release without it costs the comparison, not the scanner. */
async function loadNative(): Promise<typeof Native | undefined> {
  try {
    return await import('typescript/unstable/sync')
  } catch {
    return undefined
  }
}

function scanWithEngine(engine: Engine): ReadonlyMap<string, readonly object[]> {
  const scanner = new FileScanner(engine)
  return new Map(
    engine.files.map((file) => [
      file.fileName,
      scanner.scan(file).toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
    ]),
  )
}

function classic(): ReadonlyMap<string, readonly object[]> {
  const config = ts.getParsedCommandLineOfConfigFile(project.path('tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  })
  return scanWithEngine(
    createClassicEngine(
      ts.createProgram({ rootNames: config?.fileNames ?? [], options: config?.options ?? {} }),
    ),
  )
}

describe('the engines over TypeScript 6 and TypeScript 7', () => {
  if (api === undefined) {
    it.skip(`give the same: this release of typescript has no unstable/sync`, () => undefined)
    return
  }
  it('give the same of each conformance case and of each written one', () => {
    const server = new api.API({ cwd: project.folder })
    try {
      const config = project.path('tsconfig.json')
      const opened = server.updateSnapshot({ openProjects: [config] }).getProject(config)
      if (opened === undefined) throw new Error('the native compiler opened no project')
      const native = scanWithEngine(createNativeEngine(opened, api))
      const own = classic()
      expect([...native.keys()].toSorted()).toEqual([...own.keys()].toSorted())
      expect([...own.values()].flat().length).toBeGreaterThan(300)
      for (const [file, found] of own) expect({ file, found: native.get(file) }).toEqual({ file, found })
    } finally {
      server.close()
    }
  }, 60_000)
})
