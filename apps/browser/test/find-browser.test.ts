import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findBrowser } from '../src/find-browser.js'

let folder: string
const at = (path: string): string => join(folder, path)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'browsers-'))
  const bundle = 'Applications/Chromium.app/Contents/MacOS'
  for (const path of ['a/google-chrome', 'b/chromium', `${bundle}/Chromium`]) {
    mkdirSync(join(at(path), '..'), { recursive: true })
    writeFileSync(at(path), '')
    chmodSync(at(path), 0o755)
  }
  writeFileSync(at('a/chromium'), 'not to be run')
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('findBrowser', () => {
  const env = (): { PATH: string } => ({ PATH: [at('a'), at('b')].join(delimiter) })

  it('takes what the variable names before anything else', () => {
    expect(findBrowser({ ...env(), CHROMIUM_PATH: at('a/google-chrome') }, 'linux')).toBe(
      at('a/google-chrome'),
    )
  })

  it('looks for Chromium before Chrome, and for what can be run alone', () => {
    expect(findBrowser(env(), 'linux')).toBe(at('b/chromium'))
    expect(findBrowser({ PATH: at('a'), CHROMIUM_PATH: '' }, 'linux')).toBe(at('a/google-chrome'))
  })

  it('finds none where there is none', () => {
    expect(findBrowser({ PATH: at('c'), HOME: folder }, 'linux')).toBeUndefined()
    expect(findBrowser({}, 'linux')).toBeUndefined()
  })

  it('knows where macOS keeps applications', () => {
    const found = findBrowser({ PATH: at('c'), HOME: folder }, 'darwin')
    expect(found).toMatch(/Applications\/(?:Chromium|Google Chrome)\.app\/Contents\/MacOS\//)
  })

  it('says so when the variable names nothing that can be run', () => {
    for (const path of [at('a/chromium'), at('none'), at('a')]) {
      expect(() => findBrowser({ CHROMIUM_PATH: path }, 'linux')).toThrow(`names no executable file: ${path}`)
    }
  })
})
