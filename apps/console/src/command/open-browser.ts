import { spawn } from 'node:child_process'

/** Opens an address by what the platform has for that; `onProblem` is told where there is nothing. */
export function openBrowser(url: string, onProblem: (text: string) => void): void {
  const [command, ...args] = opener(process.platform, url)
  const child = spawn(command, args, { detached: true, stdio: 'ignore' })
  child.on('error', () => onProblem(`no browser could be opened (${command}); open ${url} yourself`))
  child.unref()
}

export function opener(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', url]
  if (platform === 'win32') return ['explorer.exe', url]
  return ['xdg-open', url]
}
