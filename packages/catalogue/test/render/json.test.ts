import { describe, expect, it } from '@jest/globals'
import { renderJson } from '../../src/render/json.js'
import { shop } from './shop.js'

describe('renderJson', () => {
  it('writes version, events and warnings', () => {
    expect(renderJson({ ...shop, events: shop.events.slice(0, 1) })).toBe(`{
  "version": 1,
  "events": [
    {
      "name": "cart.opened",
      "level": "debug",
      "attributes": {},
      "locations": [
        "src/cart.ts:7"
      ]
    }
  ],
  "warnings": [
    {
      "code": "W003",
      "at": "src/orders/pay.ts:30",
      "message": "attribute keys are open-ended"
    }
  ]
}
`)
  })

  it('sorts attributes, leaves lines out and marks what is below a level', () => {
    const { events } = JSON.parse(renderJson(shop, { lines: false, minLevel: 'info' })) as {
      events: object[]
    }
    expect(events).toEqual([
      { name: 'cart.opened', level: 'debug', exported: false, attributes: {}, locations: ['src/cart.ts'] },
      {
        ...shop.events[1],
        locations: ['src/orders/pay.ts', 'src/orders/refund.ts'],
      },
    ])
    expect(Object.keys((events[1] as { attributes: object }).attributes)).toEqual([
      'items',
      'note',
      'order.id',
      'tags',
      'user.id',
    ])
  })
})
