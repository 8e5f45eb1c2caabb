import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { parse } from 'yaml'
import { renderSemconv } from '../../src/render/semconv.js'
import { hostileEvents } from '../arbitraries.js'
import { shop } from './shop.js'

/** `schemas/semconv.schema.json` of OpenTelemetry Weaver 0.25.1 (Apache 2.0). */
const schema = JSON.parse(readFileSync(new URL('./semconv.schema.json', import.meta.url), 'utf8')) as object
const conforms = new Ajv2020({ strict: false, allErrors: true }).compile(schema)

interface Group {
  id: string
  type: string
  name?: string
  attributes?: { id?: string; ref?: string }[]
}

describe('renderSemconv', () => {
  it('writes attributes once, and events that refer to them', () => {
    const text = renderSemconv(shop, { minLevel: 'info' })
    expect(text)
      .toBe(`# Every event that this code emits, read from its types by \`throughline events --format semconv\`.
# Do not edit: change the code, then make this file anew.

groups:
  - id: registry.events
    type: attribute_group
    display_name: Attributes of events
    brief: Attributes of the events that this code emits.
    attributes:
      - id: items
        type: string
        stability: development
        brief: json
        examples:
          - any text
      - id: note
        type: any
        stability: development
        brief: unknown
      - id: order.id
        type: double
        stability: development
        brief: number
      - id: tags
        type: string[]
        stability: development
        brief: string[]
        examples:
          - - any text
      - id: user.id
        type: any
        stability: development
        brief: number | string
  - id: event.cart.opened
    type: event
    name: cart.opened
    stability: development
    brief: Logged at debug.
    note: Below info, not exported.
    annotations:
      throughline:
        level: debug
        locations:
          - src/cart.ts:7
  - id: event.order.paid
    type: event
    name: order.paid
    stability: development
    brief: Logged at info.
    annotations:
      throughline:
        level: info
        locations:
          - src/orders/pay.ts:9
          - src/orders/pay.ts:30
          - src/orders/refund.ts:4
    attributes:
      - ref: items
        requirement_level: required
      - ref: note
        requirement_level:
          conditionally_required: Not every place that logs the event has it.
      - ref: order.id
        requirement_level: required
      - ref: tags
        requirement_level: required
      - ref: user.id
        requirement_level:
          conditionally_required: Not every place that logs the event has it.
`)
  })

  it("conforms to Weaver's schema, whatever the names are", () => {
    fc.assert(
      fc.property(hostileEvents, (events) => {
        const file: unknown = parse(Buffer.from(renderSemconv({ events, warnings: [] })).toString())
        expect([conforms(file), conforms.errors]).toEqual([true, null])
      }),
    )
  })

  it('defines each attribute once, and every one that is referred to', () => {
    fc.assert(
      fc.property(hostileEvents, (events) => {
        const { groups } = parse(renderSemconv({ events, warnings: [] })) as { groups: Group[] }
        const ids = groups.flatMap(({ attributes = [] }) => attributes.flatMap(({ id }) => id ?? []))
        const refs = groups.flatMap(({ attributes = [] }) => attributes.flatMap(({ ref }) => ref ?? []))
        expect(ids).toHaveLength(new Set(ids).size)
        expect(new Set(ids)).toEqual(new Set(refs))
      }),
    )
  })

  it('has an example for each text, which Weaver asks for', () => {
    const { groups } = parse(renderSemconv(shop)) as {
      groups: { attributes?: { type?: string; examples?: unknown[] }[] }[]
    }
    const texts = groups
      .flatMap(({ attributes = [] }) => attributes)
      .filter(({ type }) => type?.startsWith('string'))
    expect(texts).toHaveLength(2)
    expect(texts.every(({ examples }) => examples?.length === 1)).toBe(true)
  })

  it('is a registry without groups for no events', () => {
    expect(parse(renderSemconv({ events: [], warnings: [] }))).toEqual({ groups: [] })
  })
})
