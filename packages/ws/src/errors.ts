/**
 * A mistake in the set-up, told when the application starts.
 *
 * `code` is stable; the message says what is wrong and how to put it right.
 */
export class WsTelemetryError extends Error {
  override readonly name = 'WsTelemetryError'

  constructor(
    readonly code: keyof typeof MESSAGES,
    subject: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${MESSAGES[code](subject)}`, options)
  }
}

const MESSAGES = {
  THROUGHLINE_WS_GATEWAY_PATH: (path: string) =>
    `the gateway path "${path}" cannot be matched; separate its {parameters} by text, as in "/ws/drafts/{draftId}"`,
} as const
