import type { Catalogue } from '../../src/catalogue.js'

/** A small catalogue with one of each: several places, optional attributes, several kinds, no attributes. */
export const shop: Catalogue = {
  events: [
    { name: 'cart.opened', level: 'debug', attributes: {}, locations: ['src/cart.ts:7'] },
    {
      name: 'order.paid',
      level: 'info',
      attributes: {
        'order.id': 'number',
        tags: 'string[]',
        items: 'json',
        'user.id': 'number | string?',
        note: 'unknown?',
      },
      locations: ['src/orders/pay.ts:9', 'src/orders/pay.ts:30', 'src/orders/refund.ts:4'],
    },
  ],
  warnings: [{ code: 'W003', at: 'src/orders/pay.ts:30', message: 'attribute keys are open-ended' }],
}
