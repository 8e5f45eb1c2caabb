import type { Told } from '../told.js'
import { type Check, expectSame } from './check.js'

const SAFE_ID = /^[\w-]{1,128}$/
const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** Every response bears the id that its caller gave. */
export function echoes({ replies }: Told): Check {
  const friendly = replies.filter(({ sentId }) => sentId !== undefined && SAFE_ID.test(sentId))
  const statuses = [...new Set(friendly.map(({ status }) => status))].toSorted((a, b) => a - b)
  return {
    title: 'X-Request-ID comes back',
    seen: `on ${statuses.join(', ')}`,
    problems: [
      ...expectSame('the status codes', statuses, [202, 401, 404, 500]),
      ...friendly.flatMap(({ request, sentId, requestId }) => expectSame(request, requestId, sentId)),
    ],
  }
}

/** An id that is not safe to print is not taken. */
export function hostile({ log, replies }: Told): Check {
  const hostile = replies.filter(({ sentId }) => sentId !== undefined && !SAFE_ID.test(sentId))
  return {
    title: 'A hostile X-Request-ID is replaced',
    seen: 'terminal escape, 300 characters: a UUID instead',
    problems: hostile.flatMap(({ request, requestId }) => {
      const replaced = UUID_V4.test(requestId ?? '') && log.ofRequest(requestId ?? '').length > 0
      return replaced ? [] : [`${request} was answered with X-Request-ID ${JSON.stringify(requestId)}`]
    }),
  }
}

/** The line of a request that broke says what broke. */
export function failure({ log }: Told): Check {
  const [line, ...more] = log.all.filter(({ event }) => event === 'request_failed')
  return {
    title: 'A 500 says why',
    seen: 'request_failed with exception.type, message, stacktrace',
    problems: [
      ...(more.length > 0 ? [`${more.length + 1} lines request_failed`] : []),
      ...expectSame('exception.type', line?.fields['exception.type'], 'TypeError'),
      ...(line?.fields['exception.stacktrace'] === undefined ? ['no exception.stacktrace'] : []),
    ],
  }
}
