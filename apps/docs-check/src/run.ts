import { spawn } from 'node:child_process'
import { compiledFile } from './compile.js'
import { countFound, expectedLines } from './normalise.js'
import type { Snippet } from './snippets.js'

/** A snippet that goes on, such as a server, is ended when it has printed what it should, or after this. */
const LONGEST_MS = 20_000

/** How a snippet ran. */
export interface SnippetRun {
  readonly stdout: string
  readonly stderr: string
  /** Undefined for one that was ended after it had printed everything. */
  readonly exitCode: number | null | undefined
  readonly expected: readonly string[]
  readonly found: number
}

/** Runs a compiled snippet in a process of its own until it has printed what its page promises. */
export function runSnippet(snippet: Snippet, services: Record<string, string>): Promise<SnippetRun> {
  const expected = snippet.output === undefined ? [] : expectedLines(snippet.output)
  const { PATH, HOME, SystemRoot } = process.env
  const child = spawn(process.execPath, [compiledFile(snippet)], {
    env: { PATH, HOME, SystemRoot, ...services, ...snippet.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr, complete] = ['', '', false]
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    if (expected.length === 0 || countFound(expected, stdout) < expected.length) return
    complete = true
    child.kill('SIGKILL')
  })
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer)
      const found = countFound(expected, stdout)
      resolve({ stdout, stderr, exitCode: complete ? undefined : code, expected, found })
    })
  })
}

/** What is wrong with a run, with all that it printed; empty where it did what its page says. */
export function problemOf({ expected, found, exitCode, stdout, stderr }: SnippetRun): string {
  const missing = expected.slice(found)
  const failed = exitCode !== undefined && (exitCode !== 0 || stderr !== '') && expected.length === 0
  if (missing.length === 0 && !failed) return ''
  return `exit code ${exitCode}, missing:\n${missing.join('\n')}\n\nstdout:\n${stdout}\nstderr:\n${stderr}`
}

/** Runs snippets, a few at a time. */
export async function runSnippets(
  snippets: readonly Snippet[],
  services: Record<string, string>,
  atATime = 3,
): Promise<Map<string, SnippetRun>> {
  const runs = new Map<string, SnippetRun>()
  const waiting = [...snippets]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      runs.set(next.name, await runSnippet(next, services))
    }
  }
  await Promise.all(Array.from({ length: atATime }, lane))
  return runs
}
