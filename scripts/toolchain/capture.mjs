import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './workspace.mjs'

const bin = join(root, 'node_modules', '.bin')

/** The Node that the lockfile pins where npm brings one for this platform, else the one that runs. */
export function developmentNode() {
  const pinned = join(bin, 'node')
  return existsSync(pinned) ? pinned : process.execPath
}

/** The environment that tools run in: the workspace's own come first, turbo looks for pnpm on the PATH. */
export function toolEnvironment() {
  return {
    ...process.env,
    PATH: [bin, process.env.PATH].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  }
}

/** Runs a tool to its end; resolves with `{ passed, output }` and never rejects. */
export function capture(command, args, { cwd = root, env = toolEnvironment(), timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      timeout,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
      // npx, pnpm and turbo are command scripts there.
      shell: process.platform === 'win32',
    })
    let output = ''
    const keep = (chunk) => (output += chunk)
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', (error) => resolve({ passed: false, output: `${command}: ${error.message}` }))
    child.on('close', (code, signal) => {
      const end = signal === null ? '' : `\n${command} was ended by ${signal}`
      resolve({ passed: code === 0, output: output.trim() + end })
    })
  })
}
