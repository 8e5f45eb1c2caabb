/** What this process has used so far: CPU of all its threads in microseconds, monotonic milliseconds, peak memory in KiB. */
export function processUsage() {
  const { user, system } = process.cpuUsage()
  return { user, system, wall: performance.now(), memory: process.resourceUsage().maxRSS }
}

/** What was used between two readings; the peak is that of the later one. */
export function usedBetween(before, after) {
  return {
    user: after.user - before.user,
    system: after.system - before.system,
    wall: after.wall - before.wall,
    memory: after.memory,
  }
}
