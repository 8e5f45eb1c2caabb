import { requirePeer } from '../../src/peers.mjs'
import { measureReading, readerOf, ROUTES } from './paths.mjs'

const router = requirePeer('find-my-way')()
for (const route of ROUTES) router.on('GET', route, () => {}, readerOf(route))

await measureReading((path) => {
  const match = router.find('GET', path)
  return match === null ? {} : match.store(match.params)
})
