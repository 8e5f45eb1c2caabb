import { describe, expect, it } from '@jest/globals'
import * as express from '../src/express/index.js'
import * as fastify from '../src/fastify/index.js'
import * as posthog from '../src/index.js'
import * as nestjs from '../src/nestjs/index.js'

describe('@throughline/posthog', () => {
  it('exports its public names and nothing else', () => {
    expect(Object.keys(posthog).toSorted()).toEqual([
      'getPosthog',
      'loadPosthogConfig',
      'runCli',
      'traceGeneration',
    ])
    expect(Object.keys(express)).toEqual(['injectSnippet'])
    expect(Object.keys(fastify)).toEqual(['injectSnippet'])
    expect(Object.keys(nestjs).toSorted()).toEqual([
      'InjectPosthog',
      'POSTHOG',
      'PosthogModule',
      'PosthogSetupError',
      'RequireFlag',
    ])
  })
})
