import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CatalogueEvent, CatalogueWarning } from '../../src/catalogue.js'
import { run } from '../../src/command/run.js'
import type { Scanner } from '../../src/command/scanner.js'
import type { Terminal } from '../../src/command/terminal.js'

/** A terminal that remembers what it was told. */
export class FakeTerminal implements Terminal {
  readonly cwd = mkdtempSync(join(tmpdir(), 'throughline-command-'))
  readonly env: Record<string, string | undefined> = {}
  out = ''
  err = ''
  isTTY = false
  readonly stdout = { write: (text: string) => (this.out += text) }
  readonly stderr: Terminal['stderr']

  constructor() {
    // oxlint-disable-next-line typescript/no-this-alias
    const terminal = this
    this.stderr = {
      write: (text: string) => (terminal.err += text),
      get isTTY() {
        return terminal.isTTY
      },
    }
  }

  path(...parts: string[]): string {
    return join(this.cwd, ...parts)
  }

  remove(): void {
    rmSync(this.cwd, { recursive: true, force: true })
  }
}

export const paid: CatalogueEvent = {
  name: 'order.paid',
  level: 'info',
  attributes: { 'order.id': 'number' },
  locations: ['src/pay.ts:3'],
}
export const opened: CatalogueEvent = {
  name: 'cart.opened',
  level: 'debug',
  attributes: {},
  locations: ['src/cart.ts:1'],
}
export const open: CatalogueWarning = {
  code: 'W003',
  at: 'src/pay.ts:3',
  message: 'The attributes may have other keys.',
}

/** A scanner that has found this, whatever it is asked for. */
export function finding(
  events: readonly CatalogueEvent[],
  warnings: readonly CatalogueWarning[] = [],
  loaded = true,
): Scanner {
  return () => ({ events, warnings, loaded, files: 2 })
}

/** Runs the command on a terminal with a scanner. */
export function throughline(terminal: Terminal, scanner: Scanner, ...args: string[]): Promise<number> {
  return run(args, { version: '1.2.3', terminal, loadScanner: async () => scanner })
}
