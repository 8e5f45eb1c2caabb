/** Waits for work that never rejects, but no longer than that; meanwhile the process stays alive. False: it was longer. */
export async function withinBound(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const bound = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false)
  })
  const inTime = await Promise.race([work.then(() => true), bound])
  clearTimeout(timer)
  return inTime
}
