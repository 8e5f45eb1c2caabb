/** A server that a demo or a test suite may use, and the way to end it. */
export interface Service<Kind extends string = string> {
  readonly url: string
  readonly kind: Kind
  /** As the server states it; absent for a given server, which nothing here connects to. */
  readonly version: string | undefined
  /** Ends the server and removes its data; safe to call twice. A given server is left alone. */
  readonly stop: () => Promise<void>
}

/** The caller's own server: used as it stands, never stopped. */
export function givenService(url: string): Service<'given'> {
  return { url, kind: 'given', version: undefined, stop: () => Promise.resolve() }
}
