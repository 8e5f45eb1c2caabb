import type { ScanOptions, ScanResult } from '../scan/scan.js'

/** The scanner as the command takes it; loaded late, because it brings a compiler along. */
export type Scanner = (options: ScanOptions) => ScanResult
