import { describe, expect, it } from '@jest/globals'
import * as published from '@opentelemetry/semantic-conventions/incubating'
import * as copied from '../src/semconv.js'

describe('the names of the messaging conventions', () => {
  it('are those of the package that has them', () => {
    const { MESSAGING_SYSTEM, ...names } = copied
    expect(published).toMatchObject(names)
    expect(MESSAGING_SYSTEM).toBe('bullmq')
  })
})
