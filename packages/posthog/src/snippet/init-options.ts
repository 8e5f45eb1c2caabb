import type { PosthogConfig } from '../config/config.js'

/** What `posthog.init()` is given, as far as it is data; the names are posthog-js's. */
export interface InitOptions {
  readonly api_host: string
  readonly defaults: '2026-01-30'
  readonly person_profiles: 'identified_only'
  readonly capture_pageview: 'history_change'
  readonly capture_pageleave: true
  readonly capture_exceptions: true
  readonly disable_capture_url_hashes: true
  readonly mask_personal_data_properties: true
  readonly custom_personal_data_properties: readonly string[]
  readonly disable_session_recording: boolean
  readonly enable_recording_console_log: false
  readonly session_recording?: { readonly maskAllInputs: true; readonly maskTextSelector?: string }
}

/** Parameters of URLs that are secrets, or somebody's, in many applications; posthog-js masks their values. */
export const MASKED_PARAMETERS: readonly string[] = [
  'access_token',
  'api_key',
  'auth',
  'code',
  'email',
  'id_token',
  'key',
  'password',
  'secret',
  'session',
  'signature',
  'state',
  'token',
]

/** Page views and leaves, errors, and recordings whose inputs are masked (P9). */
export function initOptions({ host, replayEnabled, replayMaskSelector }: PosthogConfig): InitOptions {
  return {
    api_host: host,
    defaults: '2026-01-30',
    person_profiles: 'identified_only',
    capture_pageview: 'history_change',
    capture_pageleave: true,
    capture_exceptions: true,
    disable_capture_url_hashes: true,
    mask_personal_data_properties: true,
    custom_personal_data_properties: MASKED_PARAMETERS,
    disable_session_recording: !replayEnabled,
    // What a page prints is for its developers, and nobody has looked at what it holds.
    enable_recording_console_log: false,
    ...(replayEnabled && {
      session_recording: {
        maskAllInputs: true,
        ...(replayMaskSelector !== undefined && { maskTextSelector: replayMaskSelector }),
      },
    }),
  }
}
