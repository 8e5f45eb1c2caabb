import { describe, expect, it } from '@jest/globals'
import { table } from '../../src/stats/table.js'

describe('table', () => {
  it('puts texts to the left and numbers to the right', () => {
    expect(
      table(
        ['player', 'points'],
        [
          ['Ada', 12],
          ['Grace Hopper', 9],
        ],
      ).split('\n'),
    ).toEqual(['player        points', 'Ada               12', 'Grace Hopper       9'])
  })

  it('is its heads where there are no rows', () => {
    expect(table(['draft', 'tournament'], [])).toBe('draft  tournament')
  })

  it('does not let a name steer the terminal', () => {
    expect(table(['player'], [['\u001b[31mEve\n\u009b']])).toBe('player\n\ufffd[31mEve\ufffd\ufffd')
  })
})
