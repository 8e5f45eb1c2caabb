import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import { readCompression, readFile, readTimeout } from '../../src/export/otlp-variables.js'
import { captureReports, type Report } from './harness.js'

const HERE = fileURLToPath(import.meta.url)

let reports: Report[]
let stopCapture: () => void

beforeEach(() => {
  const captured = captureReports()
  reports = captured.reports
  stopCapture = captured.stop
})

afterEach(() => {
  stopCapture()
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('OTEL_EXPORTER_OTLP_')) delete process.env[name]
  }
})

const set = (variables: Record<string, string>): void => void Object.assign(process.env, variables)
const messages = (): unknown[] => reports.map(({ attributes }) => (attributes as { message: string }).message)

describe('readTimeout and readCompression', () => {
  it('have defaults', () => {
    expect([readTimeout('logs'), readCompression('logs')]).toEqual([10_000, 'none'])
    set({ OTEL_EXPORTER_OTLP_TIMEOUT: ' ', OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: '' })
    expect([readTimeout('logs'), readCompression('logs')]).toEqual([10_000, 'none'])
    expect(reports).toEqual([])
  })

  it("read the signal's own variable, then that of all", () => {
    set({
      OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: ' 3000 ',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'GZIP',
      OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: 'none',
    })
    expect([readTimeout('logs'), readTimeout('traces'), readTimeout('metrics')]).toEqual([
      3_000, 2_000, 2_000,
    ])
    expect([readCompression('logs'), readCompression('traces'), readCompression('metrics')]).toEqual([
      'gzip',
      'gzip',
      'none',
    ])
    expect(reports).toEqual([])
  })

  it.each(['0', '-1', 'soon', '1.5', 'Infinity', '99999999999'])(
    'say that a timeout of %s is none, and go on to that of all',
    (given) => {
      set({ OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: given, OTEL_EXPORTER_OTLP_TIMEOUT: '2000' })
      expect(readTimeout('logs')).toBe(2_000)
      const message = `OTEL_EXPORTER_OTLP_LOGS_TIMEOUT="${given}" is not a whole number above 0; ignored`
      expect(reports).toEqual([
        {
          event: 'configuration_problem',
          attributes: { variable: 'OTEL_EXPORTER_OTLP_LOGS_TIMEOUT', value: given, message },
          level: 'warn',
        },
      ])
    },
  )

  it('say it of a compression', () => {
    set({ OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'zstd' })
    expect(readCompression('traces')).toBe('none')
    expect(messages()).toEqual([
      'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION="zstd" is not one of none gzip; ignored',
    ])
  })

  it('leave it to core to say it of the variables of all signals', () => {
    set({ OTEL_EXPORTER_OTLP_TIMEOUT: '0', OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' })
    expect([readTimeout('logs'), readCompression('logs')]).toEqual([10_000, 'none'])
    expect(reports).toEqual([])
  })
})

describe('readFile', () => {
  it("reads the signal's own file, then that of all", () => {
    set({ OTEL_EXPORTER_OTLP_CERTIFICATE: HERE })
    expect(String(readFile('logs', 'CERTIFICATE'))).toContain('readFile')
    expect(readFile('logs', 'CLIENT_KEY')).toBeUndefined()
    expect(reports).toEqual([])
  })

  it('says that a file cannot be read, and does without', () => {
    set({ OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: '/no/such', OTEL_EXPORTER_OTLP_CERTIFICATE: HERE })
    expect(readFile('logs', 'CERTIFICATE')).toBeUndefined()
    expect(messages()).toEqual([
      'OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE="/no/such" cannot be read (ENOENT); ignored',
    ])
  })
})
