import { describe, expect, it } from '@jest/globals'
import { judge } from '../src/claims.mjs'

type Of = (variant: string) => { user: number }

const row = {
  name: 'row',
  claims: {
    'ours / bare': (of: Of) => of('ours').user / of('bare').user,
    'ours / peer': (of: Of) => of('ours').user / of('peer').user,
  },
}
const budgets = { row: { 'ours / bare': { budget: 2, stretch: 1.5 } } }
const rounds = (...users: number[]) => users.map((user) => ({ user }))

describe('judge', () => {
  it('takes the median of the ratios within a round, not the ratio of the medians', () => {
    const figures = { bare: rounds(10, 20, 40), ours: rounds(30, 40, 60) }
    expect(judge(row, figures, budgets)).toEqual([
      expect.objectContaining({ claim: 'ours / bare', median: 2, lowest: 1.5, highest: 3, kept: true }),
    ])
  })

  it('says what is beyond its budget', () => {
    const [claim] = judge(row, { bare: rounds(10), ours: rounds(21) }, budgets)
    expect(claim).toMatchObject({ median: 2.1, kept: false })
  })

  it('makes no claim about a peer that was not run', () => {
    expect(judge(row, { bare: rounds(10), ours: rounds(20) }, budgets)).toHaveLength(1)
    expect(judge(row, { bare: rounds(10), ours: rounds(20), peer: rounds(40) }, budgets)).toHaveLength(2)
  })
})
