import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The variable that names the browser's executable; it wins over every place that is searched. */
export const BROWSER_VARIABLE = 'CHROMIUM_PATH'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MACOS_BUNDLES = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The path of a Chromium or Chrome on this machine; undefined where there is none. Nothing is downloaded.
 *
 * @throws Error when `CHROMIUM_PATH` names something that cannot be run
 * @example
 * const path = findBrowser() // '/usr/bin/chromium'
 */
export function findBrowser(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const named = env[BROWSER_VARIABLE]?.trim()
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named
    throw new Error(
      `${BROWSER_VARIABLE} names no executable file: ${named}. Unset it to have the usual places searched.`,
    )
  }
  return places(env, platform).find(isExecutable)
}

function places(
  { PATH = '', HOME }: Readonly<Record<string, string | undefined>>,
  platform: string,
): string[] {
  const folders = PATH.split(delimiter).filter((folder) => folder !== '')
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
  if (platform !== 'darwin') return onPath
  const applications = ['/Applications', ...(HOME === undefined ? [] : [join(HOME, 'Applications')])]
  return [...onPath, ...MACOS_BUNDLES.flatMap((bundle) => applications.map((folder) => join(folder, bundle)))]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
