import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

/** What a route answers, in the terms of no framework. */
export interface Content {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes and streams go by the framework's own ways for them; another object becomes JSON. */
  readonly body: string | Buffer | Readable | object
}

/** A route; it is given the response for what is to happen when that has been sent. */
export type Route = (response: ServerResponse) => Content | Promise<Content>

/** Routes by path. */
export type Routes = Readonly<Record<string, Route>>

export const HTML = { 'content-type': 'text/html; charset=utf-8' }

/** A whole page. */
export function page(body: string, head = ''): string {
  return `<!doctype html><html><head><title>Shop</title>${head}</head><body>${body}</body></html>`
}

/** A route that answers a page, with further headers. */
export function pageRoute(body: string, head?: string, headers?: Record<string, string>): Route {
  return () => ({ headers: { ...HTML, ...headers }, body: page(body, head) })
}

const NOT_FOUND: Content = { status: 404, body: { error: 'not found' } }
/** Browsers ask for it by themselves. */
const NO_ICON: Content = { status: 204, body: '' }

/** What the route of a URL answers, its query left aside. */
export async function contentOf(routes: Routes, url: string, response: ServerResponse): Promise<Content> {
  const [path = '/'] = url.split('?')
  if (path === '/favicon.ico') return NO_ICON
  return (await routes[path]?.(response)) ?? NOT_FOUND
}
