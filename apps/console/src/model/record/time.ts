/** Differences of times in milliseconds, without the digits that a double makes up. */
export function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

/** Milliseconds since the epoch, to the microsecond, which is as far as a double goes. */
export function millisOf(nanos: bigint): number {
  return Number(nanos / 1000n) / 1000
}
