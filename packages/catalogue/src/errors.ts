/** A catalogue's file that cannot be used: which, where in it, why, and what to do. */
export class CatalogueFileError extends Error {
  override readonly name = 'CatalogueFileError'

  constructor(
    readonly path: string,
    /** From 1; 0 where the file as a whole is meant. */
    readonly line: number,
    reason: string,
  ) {
    super(`${line === 0 ? path : `${path}:${line}`}: ${reason}`)
  }
}

/** The file is not there, is a folder, or may not be read. */
export function unreadable(path: string, error: unknown): CatalogueFileError {
  const { code, message } = error as NodeJS.ErrnoException
  const reason = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? message})`
  return new CatalogueFileError(
    path,
    0,
    `THROUGHLINE_CATALOGUE_UNREADABLE: ${reason}; make it with \`throughline events --out ${path}\``,
  )
}

/** The file holds something else than a catalogue, or one that was edited by hand. */
export function notACatalogue(path: string, line: number, found: string): CatalogueFileError {
  return new CatalogueFileError(
    path,
    line,
    `THROUGHLINE_NOT_A_CATALOGUE: ${found}; a catalogue is made by \`throughline events --out\` and never edited: ` +
      'name the right file, or make it anew',
  )
}
