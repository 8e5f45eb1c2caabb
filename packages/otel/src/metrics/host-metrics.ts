import { cpus, freemem, totalmem } from 'node:os'
import type { Meter, MeterProvider } from '@opentelemetry/api'
import { SCOPE } from '../instrumentation-scope.js'
import {
  ATTR_CPU_MODE,
  ATTR_SYSTEM_MEMORY_STATE,
  METRIC_PROCESS_CPU_UTILIZATION,
  METRIC_PROCESS_MEMORY_USAGE,
  METRIC_SYSTEM_CPU_UTILIZATION,
  METRIC_SYSTEM_MEMORY_UTILIZATION,
} from '../semconv.js'

/** CPU time since the machine was started, in milliseconds, all processors together. */
type CpuTimes = Readonly<Record<'user' | 'nice' | 'system' | 'idle' | 'interrupt', number>>

/**
 * CPU and memory of machine and process (R8.3), from what Node knows.
 *
 * `@opentelemetry/host-metrics` loads 30 ms of system information for these four, bears names that the semantic
 * conventions have left (`system.cpu.state`), counts each processor apart, and is deprecated.
 */
function observeHost(meter: Meter): void {
  const systemCpu = meter.createObservableGauge(METRIC_SYSTEM_CPU_UTILIZATION, {
    description: 'Share of the time of all processors, by mode.',
    unit: '1',
  })
  const systemMemory = meter.createObservableGauge(METRIC_SYSTEM_MEMORY_UTILIZATION, {
    description: 'Share of the memory in use.',
    unit: '1',
  })
  const processCpu = meter.createObservableGauge(METRIC_PROCESS_CPU_UTILIZATION, {
    description: 'Share of the time of all processors that went into this process, by mode.',
    unit: '1',
  })
  const processMemory = meter.createObservableUpDownCounter(METRIC_PROCESS_MEMORY_USAGE, {
    description: 'The amount of physical memory in use.',
    unit: 'By',
  })
  let lastTimes = cpuTimes()
  let lastUsage = process.cpuUsage()
  let lastAt = performance.now()
  const processors = Math.max(1, cpus().length)

  meter.addBatchObservableCallback(
    (result) => {
      const times = cpuTimes()
      for (const [mode, share] of shares(lastTimes, times)) {
        result.observe(systemCpu, share, { [ATTR_CPU_MODE]: mode })
      }
      lastTimes = times

      const at = performance.now()
      const usage = process.cpuUsage()
      const elapsed = (at - lastAt) * 1_000 * processors
      if (elapsed > 0) {
        result.observe(processCpu, (usage.user - lastUsage.user) / elapsed, { [ATTR_CPU_MODE]: 'user' })
        result.observe(processCpu, (usage.system - lastUsage.system) / elapsed, { [ATTR_CPU_MODE]: 'system' })
      }
      lastUsage = usage
      lastAt = at

      const free = freemem() / totalmem()
      result.observe(systemMemory, 1 - free, { [ATTR_SYSTEM_MEMORY_STATE]: 'used' })
      result.observe(systemMemory, free, { [ATTR_SYSTEM_MEMORY_STATE]: 'free' })
      result.observe(processMemory, process.memoryUsage.rss())
    },
    [systemCpu, systemMemory, processCpu, processMemory],
  )
}

function cpuTimes(): CpuTimes {
  const sum = { user: 0, nice: 0, system: 0, idle: 0, interrupt: 0 }
  for (const { times } of cpus()) {
    sum.user += times.user
    sum.nice += times.nice
    sum.system += times.sys
    sum.idle += times.idle
    sum.interrupt += times.irq
  }
  return sum
}

/** What part of the time between two readings went into each mode; nothing where the clock has not moved. */
function shares(before: CpuTimes, after: CpuTimes): [string, number][] {
  const spent = Object.entries(after).map(([mode, time]): [string, number] => [
    mode,
    Math.max(0, time - before[mode as keyof CpuTimes]),
  ])
  const total = spent.reduce((sum, [, time]) => sum + time, 0)
  return total === 0 ? [] : spent.map(([mode, time]) => [mode, time / total])
}

/** Starts observing machine and process for a provider; the callbacks run when metrics are collected. */
export function startHostMetrics(meterProvider: MeterProvider): void {
  observeHost(meterProvider.getMeter(SCOPE.name, SCOPE.version))
}
