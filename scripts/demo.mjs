import './toolchain/node-version.mjs'
import { setupOrExit } from './setup.mjs'
import { runApp } from './toolchain/run-app.mjs'

await setupOrExit({ only: '@throughline/demo' })
runApp('apps/demo/dist/main.js')
