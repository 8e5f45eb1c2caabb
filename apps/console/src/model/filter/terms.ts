import { type RequestRow } from '../../shared/api.js'
import { type Group } from '../join/group.js'
import { levels } from '../record/levels.js'
import { type Digest } from './digest.js'
import { type Token } from './tokens.js'

/** What a term is asked about: a request, its row, and its digest. */
export interface Candidate {
  readonly group: Group
  readonly row: RequestRow
  readonly digest: Digest
}

export type Test = (candidate: Candidate) => boolean

const states = ['failed', 'retried', 'slow', 'open', 'ok'] as const

type Maker = (value: string, slowMs: number) => Test | string

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  [
    'request',
    (value) =>
      ({ group }) =>
        group.requestId?.toLowerCase().includes(value) === true,
  ],
  [
    'user',
    (value) =>
      ({ digest }) =>
        digest.users.has(value),
  ],
  [
    'label',
    (value) =>
      ({ digest }) =>
        some(digest.labels, (label) => isLabel(label, value)),
  ],
  ['level', levelTest],
  [
    'event',
    (value) =>
      ({ digest }) =>
        some(digest.events, (event) => isEvent(event, value)),
  ],
  [
    'service',
    (value) =>
      ({ digest }) =>
        some(digest.services, (service) => service.includes(value)),
  ],
  ['status', statusTest],
  ['is', stateTest],
])

const aliases: ReadonlyMap<string, string> = new Map([
  ['request.id', 'request'],
  ['user.id', 'user'],
  ['labels', 'label'],
  ['event.name', 'event'],
  ['service.name', 'service'],
])

/** A test for a term, or what is wrong with it. */
export function testOf({ key, value, typed }: Token, slowMs: number): Test | string {
  const wanted = value.toLowerCase()
  if (key === undefined) return textTest(wanted)
  if (wanted === '') return `"${typed}" lacks a value.`
  const maker = makers.get(aliases.get(key) ?? key)
  if (maker !== undefined) return maker(wanted, slowMs)
  if (/[._]/.test(key)) return attributeTest(key, wanted)
  const keys = [...makers.keys()].join(', ')
  return `There is no "${key}:". There are ${keys}, and attributes by their whole name, such as job.id:7.`
}

function textTest(wanted: string): Test {
  const isTraceId = /^[\da-f]{32}$/.test(wanted)
  const isSpanId = /^[\da-f]{16}$/.test(wanted)
  return ({ group, digest }) =>
    digest.text.includes(wanted) ||
    group.requestId?.toLowerCase().includes(wanted) === true ||
    (isTraceId && digest.traces.has(wanted)) ||
    (isSpanId && some(group.entries, ({ spanId }) => spanId === wanted))
}

function attributeTest(key: string, wanted: string): Test {
  const pair = `\n${key}=${wanted}\n`
  return ({ digest }) => digest.text.includes(pair) || some(digest.origins, (text) => text.includes(pair))
}

function levelTest(value: string): Test | string {
  const wanted = levels.findIndex((level) => level === value)
  if (wanted === -1) return `There is no level "${value}": ${levels.join(', ')}.`
  return ({ digest }) => digest.highestLevel >= wanted
}

function statusTest(value: string): Test | string {
  if (!/^[1-5](?:\d\d|xx)$/.test(value)) return `"${value}" is no status: 404, 5xx.`
  const first = value.endsWith('xx') ? value.slice(0, 1) : value
  return ({ row }) => row.statusCode !== undefined && String(row.statusCode).startsWith(first)
}

function stateTest(value: string, slowMs: number): Test | string {
  const state = states.find((name) => name === value)
  if (state === undefined) return `There is no "is:${value}": ${states.join(', ')}.`
  return ({ row }) => hasState(row, state, slowMs)
}

export function hasState(row: RequestRow, state: (typeof states)[number], slowMs: number): boolean {
  return state === 'slow' ? (row.answerMs ?? 0) > slowMs : row.outcome === state
}

function some<T>(items: Iterable<T>, matches: (item: T) => boolean): boolean {
  for (const item of items) if (matches(item)) return true
  return false
}

/** "draft" finds "draft 6" too. */
function isLabel(label: string, value: string): boolean {
  return label === value || label.startsWith(`${value} `)
}

/** By its whole name or without its domain. */
function isEvent(event: string, value: string): boolean {
  return event === value || event.endsWith(`.${value}`)
}
