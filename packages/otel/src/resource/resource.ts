import { arch, hostname, platform, release } from 'node:os'
import { basename } from 'node:path'
import type { Attributes } from '@opentelemetry/api'
import { SDK_INFO } from '@opentelemetry/core'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
  ATTR_TELEMETRY_DISTRO_NAME,
  ATTR_TELEMETRY_DISTRO_VERSION,
} from '@opentelemetry/semantic-conventions'
import type { TelemetryConfig } from '@throughline/core'
import { programPackage } from '@throughline/core/binding'
import { crypto, module } from '../builtins.js'
import {
  ATTR_HOST_ARCH,
  ATTR_HOST_NAME,
  ATTR_OS_TYPE,
  ATTR_OS_VERSION,
  ATTR_PROCESS_EXECUTABLE_NAME,
  ATTR_PROCESS_PID,
  ATTR_PROCESS_RUNTIME_DESCRIPTION,
  ATTR_PROCESS_RUNTIME_NAME,
  ATTR_PROCESS_RUNTIME_VERSION,
} from '../semconv.js'

const require = module.createRequire(import.meta.url)

/**
 * Who sends: service, process, runtime and host, known at once, so that no export waits for a detector.
 *
 * What `OTEL_RESOURCE_ATTRIBUTES` says wins over what was found out; the service's name is `config.serviceName` (R1.8).
 */
export function createResource(
  config: Pick<TelemetryConfig, 'serviceName' | 'resourceAttributes'>,
): Resource {
  return resourceFromAttributes({
    ...SDK_INFO,
    ...distribution(),
    ...service(),
    ...processAttributes(),
    ...host(),
    ...config.resourceAttributes,
    [ATTR_SERVICE_NAME]: config.serviceName,
  })
}

function distribution(): Attributes {
  const { name, version } = require('@throughline/otel/package.json') as { name: string; version: string }
  return { [ATTR_TELEMETRY_DISTRO_NAME]: name, [ATTR_TELEMETRY_DISTRO_VERSION]: version }
}

function service(): Attributes {
  const { version } = programPackage()
  return {
    [ATTR_SERVICE_INSTANCE_ID]: crypto.randomUUID(),
    ...(version !== undefined && { [ATTR_SERVICE_VERSION]: version }),
  }
}

/** Without `process.command_args`: arguments may hold secrets. */
function processAttributes(): Attributes {
  return {
    [ATTR_PROCESS_PID]: process.pid,
    [ATTR_PROCESS_EXECUTABLE_NAME]: basename(process.execPath),
    [ATTR_PROCESS_RUNTIME_NAME]: 'nodejs',
    [ATTR_PROCESS_RUNTIME_VERSION]: process.versions.node,
    [ATTR_PROCESS_RUNTIME_DESCRIPTION]: 'Node.js',
  }
}

function host(): Attributes {
  return {
    [ATTR_HOST_NAME]: hostname(),
    [ATTR_HOST_ARCH]: ARCHITECTURES[arch()] ?? arch(),
    [ATTR_OS_TYPE]: PLATFORMS[platform()] ?? platform(),
    [ATTR_OS_VERSION]: release(),
  }
}

/** Node's names where those of the semantic conventions differ. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  arm: 'arm32',
  ppc: 'ppc32',
  x64: 'amd64',
  ia32: 'x86',
}
const PLATFORMS: Readonly<Record<string, string>> = { sunos: 'solaris', win32: 'windows' }
