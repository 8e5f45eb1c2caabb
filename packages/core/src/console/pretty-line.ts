import { util } from '../builtins.js'
import type { AttributeKeys } from '../logger/attribute-keys.js'
import { allAttributes, type Entry } from '../logger/entry.js'
import { type Level, levelOf } from '../logger/level.js'
import { textName, textValue } from './text-value.js'

type Paint = (text: string) => string

/** Formats entries for a developer's terminal: local time, level, event first, then `key=value` (R7.10). */
export function createPrettyLine(colour: boolean): (entry: Entry, keys: AttributeKeys) => string {
  const [dim, bold, cyan] = ['dim', 'bold', 'cyan'].map((style) => paintWith(style, colour)) as [
    Paint,
    Paint,
    Paint,
  ]
  const paints = levelPaints(colour)
  return (entry, keys) => {
    const level = levelOf(entry.severity)
    const paint = paints[level]
    const parts = [dim(localTime(entry.time)), paint(level.toUpperCase().padEnd(5))]
    parts.push(bold(textName(entry.event)))
    if (entry.source.name !== '') parts.push(dim(`[${textName(entry.source.name)}]`))
    const add = (name: string, value: unknown): void => {
      parts.push(`${cyan(textName(name))}=${textValue(value)}`)
    }
    const attributes = allAttributes(entry, keys)
    for (const name in attributes) add(name, attributes[name])
    if (entry.trace !== undefined) {
      add('trace_id', entry.trace.traceId)
      add('span_id', entry.trace.spanId)
    }
    return `${parts.join(' ')}\n`
  }
}

/** Colour on a terminal only, unless NO_COLOR or FORCE_COLOR say otherwise. */
export function wantsColour(isTTY: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return isTTY && !env.NO_COLOR
}

function levelPaints(colour: boolean): Record<Level, Paint> {
  const styles = {
    trace: 'dim',
    debug: 'blue',
    info: 'green',
    warn: 'yellow',
    error: 'red',
    fatal: 'magenta',
  }
  return Object.fromEntries(
    Object.entries(styles).map(([level, style]) => [level, paintWith(style, colour)]),
  ) as Record<Level, Paint>
}

/** Node's own table of terminal codes: the one that `util.inspect` colours with. */
function paintWith(style: string, colour: boolean): Paint {
  const [open, close] = util.inspect.colors[style] ?? []
  return colour ? (text) => `\u001b[${open}m${text}\u001b[${close}m` : (text) => text
}

function localTime(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`
}
