import { describe } from '@jest/globals'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isSupported = major > 22 || (major === 22 && minor >= 15)

if (!isSupported) {
  process.stderr.write(`OpenTelemetry 3 needs Node 22.15 or later: not proved on ${process.versions.node}\n`)
}

/** `describe` where OpenTelemetry 3 runs. */
export const describeOnOtel3: typeof describe | typeof describe.skip = isSupported ? describe : describe.skip
