import { serveBare } from '../../src/http/bare.mjs'

await serveBare('express')
