/** The exit code that an error stands for, where it is how a library leaves and no failure; undefined for others. */
export function exitCodeOf(error: unknown): number | undefined {
  try {
    const { name, code, exitCode, oclif } = error as {
      name?: unknown
      code?: unknown
      exitCode?: unknown
      oclif?: { exit?: unknown }
    }
    // Commander with exitOverride().
    if (typeof code === 'string' && code.startsWith('commander.')) return numberOr(exitCode, 1)
    if (typeof oclif?.exit === 'number') return oclif.exit
    // Ctrl-C at a prompt of Inquirer: what a shell says of SIGINT.
    return name === 'ExitPromptError' ? SIGINT_CODE : undefined
  } catch {
    return undefined
  }
}

const SIGINT_CODE = 130

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}
