/** A matcher was given something else than a capture. */
export function notACapture(
  matcher: string,
  received: unknown,
  usage = `expect(telemetry).${matcher}(…)`,
): TypeError {
  const found = received === null ? 'null' : typeof received
  return new TypeError(
    `THROUGHLINE_NOT_A_CAPTURE: ${matcher} got ${found}; pass what captureTelemetry() returned, as in ${usage}`,
  )
}

/** Something was logged that the checked-in catalogue does not have. */
export function notCatalogued(path: string, lines: readonly string[]): Error {
  return new Error(
    `THROUGHLINE_NOT_CATALOGUED: ${path} lacks what was logged:\n\n` +
      `${lines.map((line) => `  ${line}`).join('\n')}\n\n` +
      `Make it anew with \`throughline events --out ${path}\`; what that does not find, its warnings explain.`,
  )
}

/** A fake socket that is closed was used as if it were open. */
export function socketNotOpen(state: string): Error {
  return new Error(
    `WebSocket is not open: readyState ${state}; this fake socket was closed before, make a new one`,
  )
}
