export type ConsoleErrorCode =
  | 'CONSOLE_PORT_TAKEN'
  | 'CONSOLE_CANNOT_LISTEN'
  | 'CONSOLE_NOT_A_STORE'
  | 'CONSOLE_STORE_IN_USE'
  | 'CONSOLE_STORE_UNUSABLE'
  | 'CONSOLE_BAD_CATALOGUE'

/** Why the console cannot start: what, why, and what to do. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError'

  constructor(
    readonly code: ConsoleErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export function cannotListen(cause: NodeJS.ErrnoException, host: string, port: number): ConsoleError {
  if (cause.code === 'EADDRINUSE') {
    const message =
      `port ${port} of ${host} is taken, perhaps by a Collector, a Jaeger or another console; ` +
      'stop that, or choose another port with --port'
    return new ConsoleError('CONSOLE_PORT_TAKEN', message, { cause })
  }
  const reasons: Record<string, string> = {
    EACCES: 'this user may not use the port; choose one above 1023 with --port',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'there is no such name',
  }
  const reason = reasons[cause.code ?? ''] ?? cause.message
  return new ConsoleError(
    'CONSOLE_CANNOT_LISTEN',
    `${host} cannot be listened on at port ${port}: ${reason}`,
    {
      cause,
    },
  )
}

/** The file holds something else: it has not been touched. */
export function notAStore(file: string, found: string): ConsoleError {
  return new ConsoleError(
    'CONSOLE_NOT_A_STORE',
    `${file} ${found}; it was left as it is, name another file with --db`,
  )
}

export function storeInUse(file: string): ConsoleError {
  return new ConsoleError(
    'CONSOLE_STORE_IN_USE',
    `${file} is in use by another console; stop that, or name another file with --db`,
  )
}

export function storeUnusable(file: string, cause: unknown): ConsoleError {
  const { code, message } = cause as NodeJS.ErrnoException
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOENT: 'its folder is not there',
    ENOTDIR: 'a part of its path is a file',
    EROFS: 'the file system is read-only',
  }
  return new ConsoleError(
    'CONSOLE_STORE_UNUSABLE',
    `${file} cannot be used: ${reasons[code ?? ''] ?? message}`,
    {
      cause,
    },
  )
}

export function badCatalogue(cause: unknown): ConsoleError {
  return new ConsoleError('CONSOLE_BAD_CATALOGUE', (cause as Error).message, { cause })
}
