/** A response, and what was asked for. */
export interface Reply {
  /** Method and path. */
  readonly request: string
  /** `X-Request-ID` as it was sent; undefined for none. */
  readonly sentId: string | undefined
  readonly status: number
  /** `X-Request-ID` as it came back. */
  readonly requestId: string | null
  readonly body: unknown
}

export interface CallOptions {
  body?: object
  requestId?: string
}

/** A caller of the API, who shows a token or not. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  get headers(): Record<string, string> {
    return this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` }
  }

  async call(method: 'GET' | 'POST', path: string, { body, requestId }: CallOptions = {}): Promise<Reply> {
    const headers: Record<string, string> = { ...this.headers }
    if (requestId !== undefined) headers['X-Request-ID'] = requestId
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const init = { method, headers, body: body && JSON.stringify(body) }
    const response = await fetch(this.url + path, init)
    return {
      request: `${method} ${path}`,
      sentId: requestId,
      status: response.status,
      requestId: response.headers.get('x-request-id'),
      body: await response.json(),
    }
  }

  /** Creates something and returns its id. */
  async create(path: string, body: object = {}): Promise<number> {
    const reply = await this.call('POST', path, { body })
    if (reply.status !== 201) throw new Error(`${reply.request} was answered with ${reply.status}`)
    return (reply.body as { id: number }).id
  }
}
