export { type CliOptions, wrapCli } from './cli/wrap-cli.js'
export { createUsageTelemetry } from './create-usage-telemetry.js'
export type { UsageOptions, UsageValues } from './options.js'
export type { UsageAttributes, UsageReason, UsageTelemetry, UsageValue } from './usage-telemetry.js'
