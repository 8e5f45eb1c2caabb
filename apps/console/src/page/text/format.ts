const NUMBER = new Intl.NumberFormat('en-US')

/** "0 ms", "0.42 ms", "83.8 ms", "417 ms", "1.25 s", "2 min 5 s". */
export function duration(ms: number): string {
  if (ms === 0) return '0 ms'
  if (ms < 0.995) return `${ms.toFixed(2)} ms`
  if (ms < 99.95) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  return joined(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'min')
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

/** "04:44:06.269" in the time of the reader. */
export function clock(epochMs: number): string {
  const date = new Date(epochMs)
  if (Number.isNaN(date.getTime())) return '–'
  const two = (value: number) => String(value).padStart(2, '0')
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** "12,345" */
export function count(value: number): string {
  return NUMBER.format(value)
}

/** "1 line", "12 lines" */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** "256 MB" */
export function megabytes(bytes: number): string {
  const mb = bytes / 1024 / 1024
  return `${mb < 10 ? mb.toFixed(1) : count(Math.round(mb))} MB`
}
