import { describe, expect, it } from '@jest/globals'
import { listPath, readPage, requestPath } from '../../src/page/page-path.js'

describe('readPage', () => {
  it.each(['/', '/nothing', '/r/'])('takes %s for the list', (path) => {
    expect(readPage(path)).toEqual({ name: 'list' })
  })

  it.each(['pick-ember', 'a/b?c#d', '100%', 'ключ', '<script>'])(
    'finds the way back from the path of %s',
    (key) => {
      expect(readPage(requestPath(key))).toEqual({ name: 'request', key })
    },
  )

  it('keeps a key that is no valid encoding', () => {
    expect(readPage('/r/100%')).toEqual({ name: 'request', key: '100%' })
  })
})

describe('requestPath', () => {
  it('names the row', () => {
    expect(requestPath('a b', '12')).toBe('/r/a%20b?row=12')
  })
})

describe('listPath', () => {
  it('leaves an empty filter out', () => {
    expect(listPath('')).toBe('/')
  })

  it('encodes the filter', () => {
    expect(listPath('event:"a b"&state=failed')).toBe('/?q=event%3A%22a%20b%22%26state%3Dfailed')
  })
})
