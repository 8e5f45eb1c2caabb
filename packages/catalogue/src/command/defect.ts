import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { oneLine, type Output } from './terminal.js'

/** Says that the command itself is at fault; what a report needs goes into a file, not onto the screen. */
export function reportDefect(error: unknown, args: readonly string[], version: string, stderr: Output): void {
  const message = error instanceof Error ? error.message : String(error)
  stderr.write(`error: a defect of throughline itself: ${oneLine(message)}\n`)
  const details = [
    `throughline ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    `throughline ${args.join(' ')}`,
    error instanceof Error ? (error.stack ?? message) : message,
  ]
  const file = writeDetails(`${details.join('\n')}\n`)
  stderr.write(
    file === undefined
      ? `please report it with this line: ${details[0]}\n`
      : `please report it with the file ${file}, and the code that it happened on where you can\n`,
  )
}

function writeDetails(text: string): string | undefined {
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'throughline-')), 'defect.txt')
    writeFileSync(file, text)
    return file
  } catch {
    return undefined
  }
}
