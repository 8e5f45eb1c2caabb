/** What the command ends with. */
export const EXIT = {
  fine: 0,
  /** `--check` found a difference, or `--strict` a warning. */
  refused: 1,
  /** Wrong usage, a project that cannot be loaded, a file that cannot be read or written. */
  unable: 2,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
