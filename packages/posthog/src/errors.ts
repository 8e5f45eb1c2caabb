/**
 * A mistake in the set-up, told when the application starts.
 *
 * `code` is stable; the message says what is wrong and how to put it right.
 */
export class PosthogSetupError extends Error {
  override readonly name = 'PosthogSetupError'

  constructor(readonly code: keyof typeof MESSAGES) {
    super(`${code}: ${MESSAGES[code]}`)
  }
}

const MESSAGES = {
  THROUGHLINE_POSTHOG_REGISTERED_TWICE:
    'PosthogModule is registered a second time in this application. ' +
    'Call PosthogModule.forRoot() or forRootAsync() once, in the root module; it is global.',
  THROUGHLINE_POSTHOG_WITHOUT_FOR_ROOT:
    'PosthogModule was imported as it stands. Import PosthogModule.forRoot() in the root module.',
  THROUGHLINE_POSTHOG_ASYNC_WITHOUT_SOURCE:
    'PosthogModule.forRootAsync() was given neither useFactory nor useClass nor useExisting. ' +
    'Give it one of them, for example useFactory: (config) => ({ envPrefix: config.prefix }) with inject: [Config].',
} as const
