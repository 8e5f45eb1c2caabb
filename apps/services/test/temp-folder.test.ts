import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isOpenToOthers } from '../src/temp-folder.js'

// Not os.tmpdir(): that may itself be closed to others.
let folder: string
beforeEach(() => {
  folder = mkdtempSync('/tmp/temp-folder-')
  mkdirSync(join(folder, 'inner'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('isOpenToOthers', () => {
  it.each([
    { outer: 0o755, inner: 0o755, open: true },
    { outer: 0o700, inner: 0o755, open: false },
    { outer: 0o755, inner: 0o700, open: false },
    { outer: 0o711, inner: 0o711, open: true },
  ])('looks at every folder on the way: %o', ({ outer, inner, open }) => {
    chmodSync(join(folder, 'inner'), inner)
    chmodSync(folder, outer)

    expect(isOpenToOthers(join(folder, 'inner'))).toBe(open)
  })
})
