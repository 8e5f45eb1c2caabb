import { serveEcho } from '../../src/sockets.mjs'

serveEcho({})
