import {
  chmodSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileError } from './command-error.js'

/** @throws CommandError for a file that cannot be read */
export function readTextFile(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw fileError('read', shown, error)
  }
}

/** @throws CommandError for a folder where a file is to be written */
export function assertNoFolder(path: string, shown: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) throw fileError('written', shown, { code: 'EISDIR' })
}

/**
 * Writes a file whole or not at all, its folder too; one that holds the text already is left alone.
 *
 * @returns whether it was written
 * @throws CommandError for a file that cannot be written
 */
export function writeTextFile(path: string, text: string, shown: string): boolean {
  try {
    const before = statSync(path, { throwIfNoEntry: false })
    if (before?.isFile() === true && sameText(readFileSync(path, 'utf8'), text)) return false
    mkdirSync(dirname(path), { recursive: true })
    // A pipe or a device cannot be replaced by a file.
    if (before !== undefined && !before.isFile()) writeFileSync(path, text)
    else replaceFile(path, text, before)
    return true
  } catch (error) {
    throw fileError('written', shown, error)
  }
}

/** Whether two texts are the same but for their line ends, which git changes on the way to Windows. */
export function sameText(a: string, b: string): boolean {
  return plainText(a) === plainText(b)
}

/** A text with the line ends and without the byte order mark that other tools leave. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
}

function replaceFile(path: string, text: string, before: Stats | undefined): void {
  // A link stays a link.
  const target = before === undefined ? path : realpathSync(path)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
    if (before !== undefined) chmodSync(temporary, before.mode)
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
