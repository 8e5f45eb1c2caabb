import type { WrittenCase } from './written-case.js'

export const javascriptCases: readonly WrittenCase[] = [
  {
    title: 'reads modules with imports and JSDoc types',
    code: {
      'a.js': `
import { getLogger } from '@throughline/core'
const log = getLogger('js')
/** @param {{ id: string, n?: number }} order */
export function f(order) { log.info('placed', order) }
/** @type {import('@throughline/core').Logger<'typed', { a: number }>} */
let typed
export function g() { typed.info('x') }`,
    },
    finds: ['a.js:4 info js.placed | id: string, n: number?', 'a.js:7 info typed.x | a: number'],
  },
  {
    title: 'reads CommonJS with require and module.exports',
    code: {
      'log.cjs': `
const { getLogger } = require('@throughline/core')
const log = getLogger('cjs')
log.info('loaded')
module.exports = { log }`,
      'a.cjs': `const { log } = require('./log.cjs')\nlog.info('used', { n: 1 })`,
    },
    finds: ['a.cjs:2 info cjs.used | n: number', 'log.cjs:3 info cjs.loaded'],
  },
  {
    title: 'finds a logger that a constructor assigns',
    code: {
      'a.js': `
import { getLogger } from '@throughline/core'
export class A { constructor() { this.log = getLogger('assigned') } f() { this.log.info('x') } }`,
    },
    finds: ['a.js:2 info assigned.x'],
  },
  {
    title: 'warns of a parameter without a type',
    code: { 'a.js': `export function f(log) { log.info('lost') }` },
    finds: ['a.js:1 W009'],
  },
  {
    title: 'reads JSX',
    code: {
      'a.jsx': `
import { getLogger } from '@throughline/core'
const log = getLogger('jsx')
export const f = () => <a onClick={() => log.info('clicked')}>x</a>`,
    },
    finds: ['a.jsx:3 info jsx.clicked'],
  },
]
