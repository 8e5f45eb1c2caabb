import { parseBool } from '@throughline/core/parse-bool'
import type { Reader } from './reader.js'

/** Which installation of the product an event is from; on every event (P3). */
export interface Deployment {
  /** `POSTHOG_ENVIRONMENT`, else `local`, `RELEASE_CHANNEL`, `<PREFIX>_DEPLOYMENT_ENV` or `unknown`. */
  readonly environment: string
  /** `<PREFIX>_VERSION`, else `RELEASE_CHANNEL`; undefined where neither is set. */
  readonly release: string | undefined
}

/** The first that is set names the environment, and the first that is set the release (P3). */
export function readDeployment(reader: Reader, prefix: string): Deployment {
  const channel = reader.text('RELEASE_CHANNEL')
  const local = parseBool(reader.text('LOCAL_DEV_MODE'), false) ? 'local' : undefined
  return {
    environment:
      reader.text('POSTHOG_ENVIRONMENT') ??
      local ??
      channel ??
      reader.text(`${prefix}_DEPLOYMENT_ENV`) ??
      'unknown',
    release: reader.text(`${prefix}_VERSION`) ?? channel,
  }
}
