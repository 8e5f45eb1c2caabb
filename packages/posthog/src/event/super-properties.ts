import type { Deployment } from '../config/deployment.js'

/** The properties of every event, here and in browsers (P3). */
export function superProperties({ environment, release }: Deployment): Record<string, unknown> {
  return { environment, ...(release !== undefined && { release }) }
}
