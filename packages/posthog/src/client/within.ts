/** What `work` gives within a bound; undefined after that. Rejects as it does. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const bound = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  // It may fail when nobody listens any more.
  work.catch(() => undefined)
  try {
    return await Promise.race([work, bound])
  } finally {
    clearTimeout(timer)
  }
}
