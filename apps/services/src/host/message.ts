/** What the host tells the process that started it, once. */
export type HostMessage = { ready: StartedServer; failed?: undefined } | { failed: string; ready?: undefined }

export interface StartedServer {
  url: string
  version: string
}
