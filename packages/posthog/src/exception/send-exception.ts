import type { SdkClient } from '../client/sdk.js'

/** Hands an exception to posthog-node, or to a client without a method for it as a plain event (P4). */
export function sendException(
  sdk: SdkClient,
  error: Error,
  distinctId: string,
  properties: Record<string, unknown>,
): void {
  if (sdk.captureException !== undefined) {
    sdk.captureException(error, distinctId, properties)
    return
  }
  const { name: type, message: value, stack } = error
  sdk.capture({
    event: '$exception',
    distinctId,
    properties: {
      $exception_type: type,
      $exception_message: value,
      $exception_stack_trace_raw: stack,
      $exception_list: [{ type, value, mechanism: { type: 'generic', handled: true } }],
      ...properties,
    },
  })
}
