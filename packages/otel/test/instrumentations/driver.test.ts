import { join, sep } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { isInstalled, packageFile } from '../../src/instrumentations/driver.js'

const path = (...parts: string[]): string => sep + join(...parts)

describe('packageFile', () => {
  it.each([
    [['app', 'node_modules', 'pg', 'lib', 'client.js'], 'pg', 'lib/client.js'],
    [['app', 'node_modules', '@redis', 'client', 'dist', 'index.js'], '@redis/client', 'dist/index.js'],
    [['app', 'node_modules', '.pnpm', 'pg@8', 'node_modules', 'pg', 'index.js'], 'pg', 'index.js'],
    [['app', 'node_modules', 'a', 'node_modules', 'b', 'c.js'], 'b', 'c.js'],
  ])('finds the innermost package of %j', (parts, name, inner) => {
    const file = path(...parts)
    expect(packageFile(file)).toEqual({
      name,
      base: file.slice(0, -inner.length - 1),
      path: inner,
    })
  })

  it('finds none outside node_modules', () => {
    expect(packageFile(path('app', 'pg', 'client.js'))).toBeUndefined()
  })
})

describe('isInstalled', () => {
  it('looks from the main file and the working directory', () => {
    expect(isInstalled(['no-such-driver', 'pg'])).toBe(true)
    expect(isInstalled(['no-such-driver'])).toBe(false)
  })

  it('takes no harm from a main file that is not there', () => {
    const [, main] = process.argv
    try {
      process.argv[1] = path('no', 'such', 'file.js')
      expect(isInstalled(['pg'])).toBe(true)
      process.argv.length = 1
      expect(isInstalled(['pg'])).toBe(true)
    } finally {
      process.argv[1] = main as string
    }
  })
})
