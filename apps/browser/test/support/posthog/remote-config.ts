/** What a project may have on or off; all is off by default here. */
export interface ProjectSettings {
  /** Recordings tell of the requests of a page: their URLs and times. */
  readonly recordsNetwork?: boolean
  /** Recordings have the console's lines. */
  readonly recordsConsole?: boolean
}

/** What a project's settings say to browsers: recordings, clicks, heatmaps, web vitals and errors are on. */
export function remoteConfig(
  key: string,
  { recordsNetwork = false, recordsConsole = false }: ProjectSettings,
): unknown {
  return {
    token: key,
    supportedCompression: ['gzip', 'gzip-js'],
    analytics: { endpoint: '/i/v0/e/' },
    elementsChainAsString: true,
    autocapture_opt_out: false,
    autocaptureExceptions: true,
    errorTracking: { autocaptureExceptions: true, suppressionRules: [] },
    captureDeadClicks: true,
    capturePerformance: {
      network_timing: recordsNetwork,
      web_vitals: true,
      web_vitals_allowed_metrics: null,
    },
    defaultIdentifiedOnly: true,
    hasFeatureFlags: true,
    heatmaps: true,
    isAuthenticated: false,
    sessionRecording: {
      endpoint: '/s/',
      consoleLogRecordingEnabled: recordsConsole,
      eventTriggers: [],
      linkedFlag: null,
      masking: null,
      minimumDurationMilliseconds: null,
      networkPayloadCapture: null,
      recorderVersion: 'v2',
      sampleRate: null,
      scriptConfig: { script: 'posthog-recorder' },
      urlBlocklist: [],
      urlTriggers: [],
    },
    siteApps: [],
    surveys: false,
    toolbarParams: {},
  }
}
