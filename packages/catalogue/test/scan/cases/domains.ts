import { CORE, type WrittenCase } from './written-case.js'

export const domainCases: readonly WrittenCase[] = [
  {
    title: 'takes every domain of a union',
    code: `
${CORE}
export function f(kind: 'a' | 'b') { getLogger(kind).info('x'); getLogger(\`app.\${kind}\` as const).info('y') }`,
    finds: ['a.ts:2 info a.x', 'a.ts:2 info app.a.y', 'a.ts:2 info app.b.y', 'a.ts:2 info b.x'],
  },
  {
    title: 'traces an annotated const to what it was made from',
    code: `
${CORE}
const log: Logger = getLogger('traced')
log.info('x')
const domain: string = 'text'
getLogger(domain).info('y')`,
    finds: ['a.ts:3 info traced.x', 'a.ts:5 W001'],
  },
  {
    title: 'traces a function with an annotation to what it returns',
    code: `
${CORE}
function make(): Logger { return getLogger('made') }
make().info('x')`,
    finds: ['a.ts:3 info made.x'],
  },
  {
    title: 'takes the path of the module, also from another file and through a function',
    code: {
      'package.json': '{}',
      'src/orders/index.ts': `
${CORE}
export const log = getLogger(import.meta)
const meta = import.meta
getLogger(meta).info('b')
const of = (given: ImportMeta) => getLogger(given)
of(import.meta).info('c')`,
      'src/a.ts': `import { log } from './orders'\nlog.info('a')`,
    },
    finds: [
      'src/a.ts:2 info orders.a',
      'src/orders/index.ts:4 info orders.b',
      'src/orders/index.ts:6 info orders.c',
    ],
  },
  {
    title: 'gives the module domain of a nested package from that package',
    code: {
      'package.json': '{}',
      'libs/mail/package.json': '{}',
      'libs/mail/src/send.ts': `${CORE}\ngetLogger(import.meta).info('sent')`,
    },
    finds: ['libs/mail/src/send.ts:2 info send.sent'],
  },
  {
    title: 'warns where a module is only known by its type',
    code: `
${CORE}
import type { ModuleDomain } from '@throughline/core'
export function f(log: Logger<ModuleDomain>) { log.info('x') }
export function g(meta: ImportMeta) { getLogger(meta).info('x') }`,
    finds: ['a.ts:3 W001', 'a.ts:4 W001'],
  },
  {
    title: 'leaves the bare domain and an empty one bare',
    code: `${CORE}\ngetLogger().info('one')\ngetLogger('').info('two')`,
    finds: ['a.ts:2 info one', 'a.ts:3 info two'],
  },
  {
    title: 'writes the domain as it is',
    code: `${CORE}\ngetLogger('My-App').info('SomeThing-Else')`,
    finds: ['a.ts:2 info My-App.some_thing_else'],
  },
  {
    title: 'lists what is known beside what is not',
    code: `
${CORE}
export function f(other: Logger, is: boolean) { (is ? getLogger('known') : other).info('x') }`,
    finds: ['a.ts:2 info known.x', 'a.ts:2 W004'],
  },
  {
    title: 'takes part of a logger for one whose domain is lost',
    code: `
${CORE}
export function f(log: Pick<Logger<'x'>, 'info'>) { log.info('x') }
export function g(log: Omit<Logger<'x'>, 'bind'>) { log.info('y') }`,
    finds: ['a.ts:3 info x.y', 'a.ts:2 W004'],
  },
]
