import { requirePeer } from '../../src/peers.mjs'
import { reportStart } from '../../src/variant.mjs'

const { NodeSDK } = requirePeer('@opentelemetry/sdk-node')
const { getNodeAutoInstrumentations } = requirePeer('@opentelemetry/auto-instrumentations-node')

const sdk = new NodeSDK({ instrumentations: [getNodeAutoInstrumentations()] })
sdk.start()
reportStart()
await sdk.shutdown()
