import { describe, expect, it } from '@jest/globals'
import { loadConfig } from '@throughline/core'
import { createResource } from '../../src/resource/resource.js'

function attributesOf(env: NodeJS.ProcessEnv) {
  return createResource(loadConfig(env).config).attributes
}

describe('createResource', () => {
  it('says who sends, without waiting', () => {
    const resource = createResource(loadConfig({ OTEL_SERVICE_NAME: 'drafts' }).config)
    expect(resource.asyncAttributesPending).toBeFalsy()
    expect(resource.attributes).toMatchObject({
      'service.name': 'drafts',
      'service.instance.id': expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4/),
      'telemetry.sdk.name': 'opentelemetry',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.distro.name': '@throughline/otel',
      'telemetry.distro.version': expect.stringMatching(/^\d+\.\d+/),
      'process.pid': process.pid,
      'process.runtime.name': 'nodejs',
      'process.runtime.version': process.versions.node,
      'process.executable.name': expect.stringContaining('node'),
      'host.name': expect.any(String),
      'host.arch': expect.any(String),
      'os.type': expect.any(String),
      'os.version': expect.any(String),
    })
  })

  it('leaves out what may hold secrets', () => {
    expect(Object.keys(attributesOf({})).filter((key) => /command|args|owner/.test(key))).toEqual([])
  })

  it('believes OTEL_RESOURCE_ATTRIBUTES, but for the name that is decided elsewhere', () => {
    const env = {
      OTEL_RESOURCE_ATTRIBUTES:
        'service.version=2,host.name=my%2Chost,service.name=b,deployment.environment.name=x',
      OTEL_SERVICE_NAME: 'a',
    }
    expect(attributesOf(env)).toMatchObject({
      'service.name': 'a',
      'service.version': '2',
      'host.name': 'my,host',
      'deployment.environment.name': 'x',
    })
  })
})
