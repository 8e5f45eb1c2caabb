import { describe, expect, it } from '@jest/globals'
import { claimsTable } from '../src/report.mjs'
import { median } from '../src/statistics.mjs'

const claim = {
  row: 'unit',
  claim: 'ours / bare',
  lowest: 0.41,
  highest: 0.47,
  unit: '',
  budget: 0.45,
  stretch: 0.4,
}

describe('claimsTable', () => {
  it('aligns figures to the right and says which budget is kept', () => {
    expect(
      claimsTable([
        { ...claim, median: 0.44, kept: true },
        {
          ...claim,
          row: 'start-up-off',
          median: 12.3,
          unit: 'ms',
          budget: undefined,
          stretch: undefined,
          kept: true,
        },
        { ...claim, median: 1.5, kept: false },
        { ...claim, median: 0.4, kept: true },
      ]).split('\n'),
    ).toEqual([
      'row           claim        median  spread          budget  stretch  unit',
      '------------  -----------  ------  --------------  ------  -------  ----  -----------------',
      'unit          ours / bare   0.440  0.410 to 0.470   0.450    0.400        kept',
      'start-up-off  ours / bare    12.3  0.410 to 0.470                   ms',
      'unit          ours / bare    1.50  0.410 to 0.470   0.450    0.400        MISSED',
      'unit          ours / bare   0.400  0.410 to 0.470   0.450    0.400        kept, stretch too',
    ])
  })
})

describe('median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(median([9, 1, 4])).toBe(4)
    expect(median([4, 1, 9, 2])).toBe(3)
  })
})
