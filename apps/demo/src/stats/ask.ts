import { ApiClient, type Reply } from '../client/api-client.js'

/** Where the service is, and who asks. */
export interface Access {
  url: string
  token?: string
}

/** Asks the service for a list; throws a text for the user where none comes. */
export async function ask<Item>({ url, token }: Access, path: string): Promise<Item[]> {
  const { request, status, requestId, body } = await reply(new ApiClient(url, token), path)
  if (status === 200 && Array.isArray(body)) return body as Item[]
  const { message = 'no list' } = (body ?? {}) as { message?: string }
  const hint = status === 401 ? ': give --token or TOURNAMENT_TOKEN' : ''
  throw new Error(
    `${request} was answered with ${status}, ${message}${hint}; request.id is ${requestId ?? 'not known'}`,
  )
}

async function reply(api: ApiClient, path: string): Promise<Reply> {
  try {
    return await api.call('GET', path)
  } catch (error) {
    // fetch says only that it failed.
    const { message } = ((error as Error).cause ?? error) as Error
    throw new Error(`${api.url} does not answer as the service does: ${message}`, { cause: error })
  }
}
