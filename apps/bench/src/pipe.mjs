import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A pipe as a shell makes it between two programs: what Node gives a child under that name is a socket.
 *
 * @returns its end to read, as a stream, and the descriptor of its end to write, which `release` closes on our side
 */
export function openPipe() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writing = openSync(path, constants.O_WRONLY)
  rmSync(folder, { recursive: true })
  return { reader: new Socket({ fd: reading, writable: false }), writing, release: () => closeSync(writing) }
}
