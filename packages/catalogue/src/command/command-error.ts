/** What the user can mend: said in one line, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** A file could not be read or written. */
export function fileError(doing: 'read' | 'written', path: string, error: unknown): CommandError {
  const { code, message } = error as NodeJS.ErrnoException
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOENT: 'there is no such file',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of its path is a file',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
  }
  const reason = (code === undefined ? undefined : reasons[code]) ?? message
  return new CommandError(`${path} cannot be ${doing}: ${reason}${code === undefined ? '' : ` (${code})`}`)
}
