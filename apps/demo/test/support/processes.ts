import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The processes, by command line, that were started with this text in their environment or arguments. */
export function processesWith(text: string): string[] {
  if (!existsSync('/proc/self/environ')) {
    const all = execFileSync('ps', ['-axEww', '-o', 'command'], { encoding: 'utf8' }).split('\n')
    return all.filter((line) => line.includes(text))
  }
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
    .filter((pid) => (readOrEmpty(`/proc/${pid}/environ`) + commandLine(pid)).includes(text))
    .map(commandLine)
}

function commandLine(pid: string): string {
  return readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
