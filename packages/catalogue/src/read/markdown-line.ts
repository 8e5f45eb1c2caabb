import type { Level } from '@throughline/core'
import { parseKinds } from '../kinds.js'
import { isLevel } from '../levels.js'
import { readCodeSpan } from '../markdown/code-span.js'
import { ATTRIBUTES, INTRODUCTION, NO_EVENTS, OPTIONAL } from '../markdown/wording.js'

/** What a line of the page says. */
export type MarkdownLine =
  | { readonly is: 'event'; readonly name: string }
  | { readonly is: 'level'; readonly level: Level }
  | { readonly is: 'location'; readonly location: string }
  | { readonly is: 'attributes' }
  | { readonly is: 'attribute'; readonly key: string; readonly kinds: string }
  | { readonly is: 'prose' }

/** Reads one line; undefined for what no catalogue says. */
export function readLine(text: string): MarkdownLine | undefined {
  if (text === '' || text === INTRODUCTION || text === NO_EVENTS) return { is: 'prose' }
  if (text === ATTRIBUTES) return { is: 'attributes' }
  if (text.startsWith('### ')) return readHeading(text.slice(4))
  const level = /^Logged at `([a-z]+)`(?: \(.*\))? from:$/.exec(text)?.[1]
  if (isLevel(level)) return { is: 'level', level }
  const item = /^[-*+] +(.*)$/.exec(text)?.[1]
  return item === undefined ? undefined : (readLocation(item) ?? readAttribute(item))
}

function readHeading(text: string): MarkdownLine | undefined {
  const span = readCodeSpan(text)
  return span?.end === text.length ? { is: 'event', name: span.text } : undefined
}

/** A code span alone, or one that is the text of a link. */
function readLocation(item: string): MarkdownLine | undefined {
  const from = item.startsWith('[') ? 1 : 0
  const span = readCodeSpan(item.slice(from))
  if (span === undefined) return undefined
  const after = item.slice(from + span.end)
  const isWhole = from === 0 ? after === '' : /^\]\([^()]*\)$/.test(after)
  return isWhole ? { is: 'location', location: span.text } : undefined
}

function readAttribute(item: string): MarkdownLine | undefined {
  const span = readCodeSpan(item)
  if (span === undefined || !item.startsWith(': ', span.end)) return undefined
  const written = item.slice(span.end + 2)
  const kinds = written.endsWith(OPTIONAL) ? `${written.slice(0, -OPTIONAL.length)}?` : written
  return parseKinds(kinds) === undefined ? undefined : { is: 'attribute', key: span.text, kinds }
}
