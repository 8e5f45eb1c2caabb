import { inOnePiece } from '../logger/json.js'

let second = -1
let prefix = ''
let millisecond = -1
let text = ''

/** ISO 8601 in UTC of a time in milliseconds; lines of one second share their first part. */
export function isoTime(time: number): string {
  if (time === millisecond) return text
  const start = Math.floor(time / 1_000)
  if (start !== second) {
    prefix = new Date(start * 1_000).toISOString().slice(0, 20)
    second = start
  }
  const rest = time - start * 1_000
  millisecond = time
  text = inOnePiece(`${prefix}${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}Z`)
  return text
}
