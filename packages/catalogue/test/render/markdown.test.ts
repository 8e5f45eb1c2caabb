import { describe, expect, it } from '@jest/globals'
import { renderMarkdown } from '../../src/render/markdown.js'
import { shop } from './shop.js'

const HEAD = `# Event catalogue

Every event that this code emits, read from its types by \`throughline events\`. Do not edit: change the code, then make this file anew.
`

describe('renderMarkdown', () => {
  it('writes name, level, places and attributes of each event', () => {
    expect(renderMarkdown(shop)).toBe(`${HEAD}
### \`cart.opened\`

Logged at \`debug\` from:

- \`src/cart.ts:7\`

### \`order.paid\`

Logged at \`info\` from:

- \`src/orders/pay.ts:9\`
- \`src/orders/pay.ts:30\`
- \`src/orders/refund.ts:4\`

Attributes:

- \`items\`: json
- \`note\`: unknown, optional
- \`order.id\`: number
- \`tags\`: string[]
- \`user.id\`: number | string, optional
`)
  })

  it('leaves lines out, each path once', () => {
    expect(renderMarkdown(shop, { lines: false })).toContain(`from:

- \`src/orders/pay.ts\`
- \`src/orders/refund.ts\`

Attributes:`)
  })

  it('links places', () => {
    const link = 'https://git.acme.dev/shop/{path}#L{line}'
    expect(renderMarkdown(shop, { link })).toContain(
      '- [`src/cart.ts:7`](https://git.acme.dev/shop/src/cart.ts#L7)\n',
    )
  })

  it('marks what is below a level, and removes nothing', () => {
    const text = renderMarkdown(shop, { minLevel: 'info' })
    expect(text).toContain('Logged at `debug` (below `info`, not exported) from:')
    expect(text).toContain('Logged at `info` from:')
    expect(renderMarkdown(shop, { minLevel: 'trace' })).toBe(renderMarkdown(shop))
  })

  it('says that there are no events', () => {
    expect(renderMarkdown({ events: [], warnings: [] })).toBe(`${HEAD}\nThere are none.\n`)
  })

  it('keeps a hostile name on its line and in its code span', () => {
    const text = renderMarkdown({
      events: [
        {
          name: 'a`|`b\n### `c',
          level: 'info',
          attributes: { '`': 'string', '': 'number' },
          locations: ['src/[x](y).ts:1'],
        },
      ],
      warnings: [],
    })
    expect(text).toBe(`${HEAD}
### \`\`"a\`|\`b\\n### \`c"\`\`

Logged at \`info\` from:

- \`src/[x](y).ts:1\`

Attributes:

- \`""\`: number
- \`\` \` \`\`: string
`)
  })
})
