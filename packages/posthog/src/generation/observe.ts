/** How a stream failed. */
export interface StreamFailure {
  readonly error: unknown
}

/**
 * Gives the pieces of a stream on as they come, and tells of each and of the end: when it is through, when its reader
 * stops early, and when it fails. Errors go on as they are.
 */
export async function* observe<T>(
  stream: AsyncIterable<T>,
  onPiece: (piece: T) => void,
  onEnd: (failure: StreamFailure | undefined) => void,
): AsyncGenerator<T, void, undefined> {
  let failure: StreamFailure | undefined
  try {
    for await (const piece of stream) {
      onPiece(piece)
      yield piece
    }
  } catch (error) {
    failure = { error }
    throw error
  } finally {
    onEnd(failure)
  }
}
