import { execFileSync } from 'node:child_process'
import { type BrowserServer, chromium } from 'playwright-core'

const FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Sites of the suite are names below localhost: each a site of its own, and none a real one.
  '--host-resolver-rules=MAP *.localhost 127.0.0.1',
  // Chromium asks Google about forms by itself; here it asks a port that answers nobody.
  '--autofill-server-url=http://127.0.0.1:9/',
  // A page sees a visitor: products that leave out robots go by this, and by the name of the browser.
  '--disable-blink-features=AutomationControlled',
]

/** Starts a headless browser that several processes may connect to. */
export function launchBrowser(executablePath: string): Promise<BrowserServer> {
  const args = [...flags(process.getuid?.()), `--user-agent=${userAgent(executablePath)}`]
  return chromium.launchServer({ executablePath, headless: true, args })
}

/** Chromium's sandbox refuses to be started by root. */
export function flags(uid: number | undefined): string[] {
  return uid === 0 ? ['--no-sandbox', ...FLAGS] : FLAGS
}

/** That of the same browser with a window; as a flag, since what is set for a page does not last to its very end. */
function userAgent(executablePath: string): string {
  const version = execFileSync(executablePath, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [major = '0'] = /\d+/.exec(version) ?? []
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`
}
