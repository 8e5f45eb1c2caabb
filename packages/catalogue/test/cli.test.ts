import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readCatalogue } from '../src/read/read-catalogue.js'
import { TestProject } from './scan/project.js'

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

const PAY = `import { getLogger } from '@throughline/core'
const log = getLogger('order')
export function pay(id: number): void {
  log.info('paid', { 'order.id': id })
}
`
const WARNS = `import { getLogger } from '@throughline/core'
export const note = (text: string): void => getLogger('note').info(text)
`

let project: TestProject

beforeAll(() => {
  project = new TestProject({ 'src/pay.ts': PAY, 'other/note.ts': WARNS }).install()
  configure('tsconfig.json', 'src')
  configure('tsconfig.other.json', 'other')
  mkdirSync(project.path('.git'))
})
afterAll(() => project.remove())

/** A project with the least of libraries: each run reads them anew. */
function configure(name: string, folder: string): void {
  const compilerOptions = { target: 'es2023', lib: ['es5'], types: [], module: 'nodenext', noEmit: true }
  project.write({ [name]: JSON.stringify({ compilerOptions, include: [folder] }) })
}

interface Result {
  code: number | null
  out: string
  err: string
}

function throughline(args: readonly string[], cwd = project.folder): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return { code: status, out: stdout, err: stderr }
}

const events = (...args: string[]): Result => throughline(['events', ...args])

const PAGE = `# Event catalogue

Every event that this code emits, read from its types by \`throughline events\`. Do not edit: change the code, then make this file anew.

### \`order.paid\`

Logged at \`info\` from:

- \`src/pay.ts:4\`

Attributes:

- \`order.id\`: number
`

describe('the command throughline', () => {
  it('prints the catalogue of ./tsconfig.json', () => {
    expect(events()).toEqual({ code: 0, out: PAGE, err: '1 event, 0 warnings in 1 file\n' })
  })

  it('prints the same bytes from any folder', () => {
    const other = throughline(['events', '../tsconfig.json'], project.path('src'))
    const named = throughline(['events', project.folder], '/')
    expect([other.out, named.out]).toEqual([PAGE, PAGE])
  })

  it('ends with 1 for a warning under --strict', () => {
    const { code, out, err } = events('tsconfig.other.json', '--strict')
    expect(code).toBe(1)
    expect(out).toContain('There are none.')
    expect(err).toMatch(
      /^other\/note\.ts:2: W002 .*\n--strict allows no warning\n0 events, 1 warning in 1 file\n$/,
    )
  })

  it('writes, checks, and finds what has changed since', () => {
    const files = ['EVENTS.md', '--allow-list', 'exported.txt']
    expect(events('--out', ...files)).toMatchObject({ code: 0, out: '' })
    expect(readCatalogue(project.path('EVENTS.md')).events).toHaveLength(1)
    expect(events('--check', ...files)).toMatchObject({ code: 0, out: '' })

    project.write({ 'src/pay.ts': PAY.replace("'paid'", "'paidTwice'") })
    const changed = events('--check', ...files)
    project.write({ 'src/pay.ts': PAY })
    expect(changed.code).toBe(1)
    expect(changed.out).toContain('-### `order.paid`\n+### `order.paid_twice`\n')
    expect(changed.out).toContain('-order.paid\n+order.paid_twice\n')
    expect(changed.err).toContain(
      'EVENTS.md and exported.txt differ from the code; to mend: npx throughline events --out EVENTS.md --allow-list exported.txt\n',
    )
  })

  it('ends with 2 for a project that is not there, broken, or not TypeScript', () => {
    project.write({ 'broken.json': '{ "include": [', 'syntax/a.ts': 'const = 1\n' })
    configure('tsconfig.syntax.json', 'syntax')
    for (const path of ['missing.json', 'broken.json', 'tsconfig.syntax.json', 'missing/folder']) {
      const { code, out, err } = events(path, '--out', 'never.md')
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(/^\S+: W013 /)
      expect(err).not.toMatch(/\n {4}at /)
    }
    expect(() => readFileSync(project.path('never.md'))).toThrow('ENOENT')
  })

  it('ends with 2 for wrong usage, without reading a project', () => {
    expect(events('--what')).toMatchObject({ code: 2, out: '' })
    expect(events('--format', 'xml').err).toContain('Allowed choices are markdown, json, semconv')
    expect(throughline(['catalogue'])).toMatchObject({ code: 2, out: '' })
  })

  it('ends with 2 for files that cannot be read or written', () => {
    expect(events('--check', 'missing.md').err).toContain(
      'error: missing.md cannot be read: there is no such file (ENOENT)',
    )
    expect(events('--check', 'src/pay.ts').err).toContain('error: src/pay.ts is not an event catalogue')
    expect(events('--check', 'src')).toMatchObject({ code: 2, out: '' })
    expect(events('--out', 'src')).toMatchObject({ code: 2, out: '' })
    expect(events('--out', join('src', 'pay.ts', 'EVENTS.md'))).toMatchObject({ code: 2, out: '' })
  })

  it('ends with 2 for a folder that may not be written to', () => {
    const folder = project.path('locked')
    mkdirSync(folder)
    chmodSync(folder, 0o555)
    const { code, err } = events('--out', 'locked/EVENTS.md')
    chmodSync(folder, 0o755)
    // Root may write anywhere.
    const [expected, text] = process.getuid?.() === 0 ? [0, 'written'] : [2, 'permission denied (EACCES)']
    expect([code, err.includes(text)]).toEqual([expected, true])
  })

  it('writes all of a long output into a pipe, and is quiet when the reader leaves', async () => {
    const lines = Array.from({ length: 3_000 }, (_, at) => `log.info('event_${at}')`)
    project.write({ 'many/a.ts': `${PAY.split('\n').slice(0, 2).join('\n')}\n${lines.join('\n')}\n` })
    configure('tsconfig.many.json', 'many')
    const whole = events('tsconfig.many.json')
    expect(whole.out.match(/^### /gm)).toHaveLength(3_000)
    expect(whole.out).toMatch(/`\n$/)

    const child = spawn(process.execPath, [CLI, 'events', 'tsconfig.many.json'], { cwd: project.folder })
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, err]).toEqual([0, '3000 events, 0 warnings in 1 file\n'])
  })

  it('does not take a stack to say that the disk is full', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"$0" "$1" events > /dev/full`, process.execPath, CLI],
      {
        cwd: project.folder,
        encoding: 'utf8',
      },
    )
    expect([status, stderr]).toEqual([
      2,
      '1 event, 0 warnings in 1 file\nerror: the output cannot be written (ENOSPC)\n',
    ])
  })
})

describe('the file of the command', () => {
  it('starts itself', () => {
    const { status, stdout } = spawnSync(CLI, ['--version'], { encoding: 'utf8' })
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect([status, stdout]).toEqual([0, `${version}\n`])
  })
})
