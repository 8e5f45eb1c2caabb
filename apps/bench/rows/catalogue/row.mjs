import assert from 'node:assert/strict'

/** As the command sets it. */
const nodeArguments = ['--semi-space-growth-factor=1']
const project = (files) => ({ script: 'scan.mjs', nodeArguments, full: { units: files } })
const seconds = (of, files) => (of(`${files}-files`).wall * files) / 1e6
const perFile = (one, other) => (of) => of(`${one}-files`).cpu / of(`${other}-files`).cpu

export const row = {
  title: 'The catalogue of a project: a file of 64 lines with 16 calls that log; 50, 500 and 5,000 of them',
  cpu: 'user + system',
  full: {},
  smoke: { units: 5 },
  variants: { '50-files': project(50), '500-files': project(500), '5000-files': project(5_000) },
  claims: {
    '500 files, 32,000 lines, 8,000 sites': (of) => seconds(of, 500),
    'peak memory of that': (of) => of('500-files').memory,
    'a file, 500 / 50': perFile(500, 50),
    'a file, 5,000 / 500': perFile(5_000, 500),
  },
  /** Every place is found. */
  check(variant, { lines: [{ loaded, sites, places }] }) {
    assert.equal(loaded, true)
    assert.equal(places, sites)
  },
}
