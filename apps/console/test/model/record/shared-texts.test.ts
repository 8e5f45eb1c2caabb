import { describe, expect, it } from '@jest/globals'
import { SharedTexts } from '../../../src/model/record/shared-texts.js'
import { takeIn } from '../../../src/model/record/intake.js'
import { Origins } from '../../../src/model/record/origin.js'
import { decoded, keyValues, spanId, traceId } from '../../support/records.js'

/** Remembers what it is asked for; whether two equal strings are one cannot be seen. */
class Asked extends SharedTexts {
  readonly texts: string[] = []

  override of(text: string): string {
    this.texts.push(text)
    return super.of(text)
  }
}

describe('SharedTexts', () => {
  it('gives back equal strings, also after very many others', () => {
    const texts = new SharedTexts()
    for (let number = 0; number < 50_000; number += 1)
      expect(texts.of(`${number % 30_000}`)).toBe(`${number % 30_000}`)
  })
})

describe('takeIn', () => {
  it('shares ids, names and labels, not what is like nothing else', () => {
    const attributes = keyValues({ 'request.id': 'r', labels: ['draft'], 'draft.id': 6, 'user.id': 7 })
    const record = { traceId: traceId(1), spanId: spanId(2), eventName: 'x.done', attributes }
    const payload = decoded('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] })
    if (payload.signal === 'metrics') throw new Error('These are lines.')
    const texts = new Asked()
    const { entries } = takeIn(payload, new Origins(), texts, () => 1)
    expect(texts.texts.toSorted()).toEqual(
      ['', '7', 'draft 6', 'line', 'r', 'x.done', spanId(2), traceId(1)].toSorted(),
    )
    expect(entries[0]).toMatchObject({ ownId: 'r', facts: { labels: ['draft 6'], userId: '7' } })
  })
})
