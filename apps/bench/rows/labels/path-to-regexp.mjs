import { requirePeer } from '../../src/peers.mjs'
import { measureReading, readerOf, ROUTES } from './paths.mjs'

const { match } = requirePeer('path-to-regexp')
const routes = ROUTES.map((route) => ({ match: match(route), read: readerOf(route) }))

await measureReading((path) => {
  for (const route of routes) {
    const matched = route.match(path)
    if (matched !== false) return route.read(matched.params)
  }
  return {}
})
