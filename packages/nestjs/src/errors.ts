/** What an application did that cannot work, and what to do instead. */
export class TelemetryModuleError extends Error {
  override readonly name = 'TelemetryModuleError'

  constructor(
    /** Stable, for searching: `THROUGHLINE_…`. */
    readonly code: string,
    problem: string,
    /** What to change. */
    readonly fix: string,
  ) {
    super(`${code}: ${problem}. ${fix}.`)
  }
}

export function registeredTwice(): TelemetryModuleError {
  return new TelemetryModuleError(
    'THROUGHLINE_REGISTERED_TWICE',
    'TelemetryModule is registered a second time in this application, which would write every line twice',
    'Call TelemetryModule.forRoot() or forRootAsync() once, in the root module; it is global, so no other module imports it',
  )
}

export function withoutOptions(): TelemetryModuleError {
  return new TelemetryModuleError(
    'THROUGHLINE_WITHOUT_FOR_ROOT',
    'TelemetryModule was imported as it stands',
    'Import TelemetryModule.forRoot() in the root module; it is global, so no other module imports it',
  )
}

export function asyncWithoutSource(): TelemetryModuleError {
  return new TelemetryModuleError(
    'THROUGHLINE_ASYNC_WITHOUT_SOURCE',
    'TelemetryModule.forRootAsync() was given neither useFactory nor useClass nor useExisting',
    'Give it one of them, for example useFactory: (config) => ({ trust: config.trust }) with inject: [Config]',
  )
}

export function invalidLabel(label: unknown): TelemetryModuleError {
  return new TelemetryModuleError(
    'THROUGHLINE_INVALID_LABEL',
    `@Labels was given ${JSON.stringify(label)}, and a label crosses hops as a key`,
    'Write labels as a lower-case letter and then letters, digits, "_" or "-"',
  )
}
