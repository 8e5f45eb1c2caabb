/** The arguments of `event` and `timed`, in which the surface may be left out. */
export interface CallArguments {
  readonly surface: unknown
  readonly event: unknown
  readonly attributes: unknown
}

export function eventArguments(surface: string, [first, second, third]: readonly unknown[]): CallArguments {
  return typeof second === 'string'
    ? { surface: first, event: second, attributes: third }
    : { surface, event: first, attributes: second }
}

export function timedArguments(
  surface: string,
  [first, second, third, fourth]: readonly unknown[],
): CallArguments {
  return typeof second === 'string'
    ? { surface: first, event: second, attributes: fourth }
    : { surface, event: first, attributes: third }
}

/** The function among the arguments of `timed`; one that does nothing where there is none. */
export function timedWork<T>([, second, third]: readonly unknown[]): () => T {
  const work = typeof second === 'function' ? second : third
  return typeof work === 'function' ? (work as () => T) : () => undefined as T
}
