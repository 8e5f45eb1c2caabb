import { describe, expect, it } from '@jest/globals'
import * as official from '@opentelemetry/semantic-conventions/incubating'
import * as copied from '../src/semconv.js'

describe('copied names', () => {
  it.each(Object.entries(copied))('%s is as the conventions have it', (name, value) => {
    expect(official).toHaveProperty(name, value)
  })
})
