import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeProblem } from '../toolchain/node-version.mjs'

describe('nodeProblem', () => {
  for (const version of ['20.19.0', '20.20.2', '22.0.0', '26.10.0']) {
    it(`is none on ${version}`, () => assert.equal(nodeProblem(version), undefined))
  }

  for (const version of ['20.18.3', '18.20.8', '6.17.1']) {
    it(`names ${version} and what is needed`, () => {
      assert.match(nodeProblem(version), new RegExp(`needs Node 20\\.19 or later; this is Node ${version}`))
    })
  }
})
