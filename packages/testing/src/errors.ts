/** A matcher was given something else than a capture. */
export function notACapture(matcher: string, received: unknown): TypeError {
  const found = received === null ? 'null' : typeof received
  return new TypeError(
    `THROUGHLINE_NOT_A_CAPTURE: ${matcher} got ${found}; pass what captureTelemetry() returned, as in ` +
      `expect(telemetry).${matcher}(…)`,
  )
}

/** A fake socket that is closed was used as if it were open. */
export function socketNotOpen(state: string): Error {
  return new Error(
    `WebSocket is not open: readyState ${state}; this fake socket was closed before, make a new one`,
  )
}
