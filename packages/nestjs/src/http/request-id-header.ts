import type { ServerResponse } from 'node:http'
import { REQUEST_ID_HEADER } from '@throughline/core/binding'

const NAME = 'X-Request-ID'

/** Sets the header and keeps it there: error handlers of static file servers clear all headers (R4.2). */
export function keepRequestId(response: ServerResponse, id: string): void {
  // Something in front of Nest has answered already.
  if (response.headersSent) return
  response.setHeader(NAME, id)
  response.removeHeader = removeOther
}

function removeOther(this: ServerResponse, name: string): void {
  if (typeof name === 'string' && name.toLowerCase() === REQUEST_ID_HEADER) return
  const { removeHeader } = Object.getPrototypeOf(this) as { removeHeader: typeof removeOther }
  removeHeader.call(this, name)
}
