/** What the command ends with. */
export const EXIT = {
  fine: 0,
  /** It could not start: the port is taken, the file in use, or the console has a defect. */
  unable: 1,
  /** Wrong usage: an option, or a file that it names. */
  usage: 2,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
