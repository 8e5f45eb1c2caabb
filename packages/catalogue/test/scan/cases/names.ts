import { CORE, type WrittenCase } from './written-case.js'

const LOG = `${CORE}\nconst log = getLogger('n')`

export const nameCases: readonly WrittenCase[] = [
  {
    title: 'takes names from an as-const table and from its keys',
    code: `
${LOG}
const EVENTS = { created: 'order.created', closed: 'order.closed' } as const
log.info(EVENTS.created)
export function f(key: keyof typeof EVENTS) { log.info(EVENTS[key]); log.debug(key) }`,
    finds: [
      'a.ts:4 info n.order.created',
      'a.ts:5 debug n.closed',
      'a.ts:5 debug n.created',
      'a.ts:5 info n.order.closed',
      'a.ts:5 info n.order.created',
    ],
  },
  {
    title: 'takes names from a loop over a tuple and from satisfies',
    code: `
${LOG}
for (const name of ['one', 'two'] as const) log.info(name)
const TABLE = { a: 'three' } as const satisfies Record<string, string>
log.info(TABLE.a)`,
    finds: ['a.ts:3 info n.one', 'a.ts:3 info n.two', 'a.ts:5 info n.three'],
  },
  {
    title: 'expands templates of unions, numbers and enums, in a const too',
    code: `
${LOG}
enum Step { One = 'one', Two = 'two' }
export function f(step: Step, n: 1 | 2, on: boolean) {
  log.info(\`step.\${step}.\${n}\`)
  const name = \`is.\${on}\`
  log.info(name)
}`,
    finds: [
      'a.ts:5 info n.step.one.1',
      'a.ts:5 info n.step.one.2',
      'a.ts:5 info n.step.two.1',
      'a.ts:5 info n.step.two.2',
      'a.ts:7 info n.is.false',
      'a.ts:7 info n.is.true',
    ],
  },
  {
    title: 'takes each branch, also of an annotated const and a reassigned let',
    code: `
${LOG}
export function f(ok: boolean, maybe?: 'given') {
  log.info(ok ? 'yes' : 'no')
  log.info(maybe ?? 'fallback')
  const text: string = ok ? 'a' : 'b'
  log.info(text)
  let last = 'first'
  if (ok) last = 'second'
  log.info(last)
}`,
    finds: [
      'a.ts:4 info n.no',
      'a.ts:4 info n.yes',
      'a.ts:5 info n.fallback',
      'a.ts:5 info n.given',
      'a.ts:7 info n.a',
      'a.ts:7 info n.b',
      'a.ts:10 info n.first',
      'a.ts:10 info n.second',
    ],
  },
  {
    title: 'takes what a check around the call leaves of a name',
    code: `
${LOG}
export function f(name: string, kind: 'a' | 'b' | 'c', n: number) {
  if (name === 'x' || name === 'y') log.info(name)
  switch (kind) { case 'a': return; default: log.info(kind) }
  if (n === 1) log.info(\`n.\${n}\`)
}`,
    finds: ['a.ts:4 info n.x', 'a.ts:4 info n.y', 'a.ts:5 info n.b', 'a.ts:5 info n.c', 'a.ts:6 info n.n.1'],
  },
  {
    title: 'takes names that a function returns, whatever its annotation',
    code: `
${LOG}
function nameOf(ok: boolean): string { if (ok) return 'won'; return 'lost' }
log.info(nameOf(true))`,
    finds: ['a.ts:4 info n.lost', 'a.ts:4 info n.won'],
  },
  {
    title: 'takes names of a type parameter with finite bounds',
    code: `${LOG}\nexport function f<E extends 'a' | 'b'>(event: E) { log.info(event) }`,
    finds: ['a.ts:3 info n.a', 'a.ts:3 info n.b'],
  },
  {
    title: 'takes name and attributes of a spread tuple',
    code: `
${LOG}
const args = ['spread', { a: 1 }] as const
log.info(...args)
export function f(...rest: [event: 'rest', attrs?: { b: string }]) { log.info(...rest) }`,
    finds: ['a.ts:4 info n.spread | a: number', 'a.ts:5 info n.rest | b: string?'],
  },
  {
    title: 'names an empty event as the runtime does',
    code: `${LOG}\nlog.info('')`,
    finds: ['a.ts:3 info n.unknown'],
  },
  {
    title: 'lists up to fifty names of a place, and warns of more',
    code: `
${LOG}
type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
export function f(a: Digit, b: 1 | 2 | 3 | 4 | 5 | 6) {
  log.info(\`x.\${a}.\${b}\`)
}`,
    finds: ['a.ts:5 W011'],
  },
  {
    title: 'reads docgen comments above, behind, inside and between the lines of a call',
    code: `
${LOG}
export function f(name: string) {
  // docgen: event=above
  // another comment
  log.info(name)
  log.info(name) /* docgen: event=behind, too */
  log.info(
    name, // docgen: event=inside
    { a: 1 },
  )
  log
    // docgen: event=between
    .info(name)
}`,
    finds: [
      'a.ts:6 info n.above',
      'a.ts:7 info n.behind',
      'a.ts:7 info n.too',
      'a.ts:8 info n.inside | a: number',
      'a.ts:12 info n.between',
    ],
  },
  {
    title: 'lets a comment name the events where there would be too many',
    code: `
${LOG}
type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
// docgen: event=digit.any
export const f = (a: Digit, b: Digit) => log.info(\`x.\${a}.\${b}\`)`,
    finds: ['a.ts:5 info n.digit.any'],
  },
  {
    title: 'takes no text in a string or a template for a comment',
    code: `
${LOG}
export function f(name: string) { log.info(name, { text: '// docgen: event=no', other: \`/* docgen: event=no */\` }) }`,
    finds: ['a.ts:3 W002'],
  },
]
