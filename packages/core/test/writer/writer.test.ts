import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { LineWriter } from '../../src/writer/writer.js'
import { FaultyTarget } from './faulty-target.js'

let target: FaultyTarget
let losses: string[]
let writer: LineWriter

beforeEach(() => {
  target = new FaultyTarget()
  losses = []
  writer = new LineWriter(target, {
    recovered: (lines, code) => losses.push(`${lines} lost by ${code}`),
    gone: (code) => losses.push(`gone by ${code}`),
  })
})

describe('LineWriter', () => {
  it('writes the lines of a turn in one go when the turn ends', async () => {
    writer.write('a\n', false)
    writer.write('b\n', false)
    expect(target.writes).toBe(0)
    await turn()
    expect([target.writes, target.text]).toEqual([1, 'a\nb\n'])
    expect(writer.written).toBe(2)
  })

  it('writes at once when told to, what came before it first', () => {
    writer.write('a\n', false)
    writer.write('b\n', true)
    expect(target.text).toBe('a\nb\n')
  })

  it('writes a batch of 16 KiB without waiting for the end of the turn', () => {
    writer.write(`${'x'.repeat(16_384)}\n`, false)
    expect(target.writes).toBe(1)
  })

  it('goes on where a partial write left off, in the middle of a character too', () => {
    target.script.push(1, 1, 2, 1)
    writer.write('é😀\n', true)
    expect(target.text).toBe('é😀\n')
    expect(writer.written).toBe(1)
  })

  it('waits out EAGAIN and loses nothing', async () => {
    target.script.push('EAGAIN', 2, 'EAGAIN', 'EAGAIN')
    writer.write('line\n', true)
    writer.write('next\n', true)
    while (writer.written < 2) await sleep(1)
    expect(target.text).toBe('line\nnext\n')
    expect(losses).toEqual([])
  })

  it('keeps what waits while later batches are encoded', async () => {
    target.script.push(3, 'EAGAIN', 'EAGAIN', 2, 'EAGAIN')
    for (const line of ['first line\n', 'second\n', 'third\n']) writer.write(line, true)
    while (writer.written < 3) await sleep(1)
    writer.write('last\n', true)
    expect(target.text).toBe('first line\nsecond\nthird\nlast\n')
  })

  it('writes a line that is larger than what batches are encoded into', () => {
    const line = `${'é'.repeat(100_000)}\n`
    writer.write('a\n', true)
    writer.write(line, true)
    expect(target.text).toBe(`a\n${line}`)
  })

  it('tries again at once after EINTR', () => {
    target.script.push('EINTR')
    writer.write('a\n', true)
    expect(target.text).toBe('a\n')
  })

  it('holds a bounded amount for a stalled reader, counts the rest and says so once it reads again', () => {
    target.always = 'EAGAIN'
    const line = `${'x'.repeat(1_023)}\n`
    for (let i = 0; i < 20_000; i++) writer.write(line, false)
    expect(writer.dropped).toBeGreaterThan(10_000)
    target.always = undefined
    writer.flush()
    expect(target.text.length).toBeLessThanOrEqual(8 * 1024 * 1024)
    expect(writer.written + writer.dropped).toBe(20_000)
    expect(losses).toEqual([`${writer.dropped} lost by EAGAIN`])
    expect(target.text).toBe(line.repeat(writer.written))
  })

  it.each(['EPIPE', 'ECONNRESET', 'EBADF'])(
    'gives up on %s: counts, says so once, does not try again',
    (code) => {
      target.always = code
      for (let i = 0; i < 100; i++) writer.write('a\n', true)
      expect([target.writes, writer.dropped, writer.written]).toEqual([1, 100, 0])
      expect(losses).toEqual([`gone by ${code}`])
    },
  )

  it.each(['ENOSPC', 'EDQUOT', 'EIO'])(
    'tries each batch again on %s, and tells what was lost in between',
    (code) => {
      target.always = code
      writer.write('a\n', true)
      writer.write('b\n', true)
      target.always = undefined
      writer.write('c\n', true)
      expect([target.text, writer.dropped]).toEqual(['c\n', 2])
      expect(losses).toEqual([`2 lost by ${code}`])
    },
  )

  it('starts a new line after one that was cut off', () => {
    target.script.push(2, 'ENOSPC')
    writer.write('abcdef\n', true)
    writer.write('next\n', true)
    expect(target.text).toBe('ab\nnext\n')
  })

  it('never throws, whatever the error is', () => {
    const bare = new LineWriter(
      {
        isTTY: false,
        write() {
          throw new TypeError('no code')
        },
      },
      { recovered() {}, gone() {} },
    )
    expect(() => bare.write('a\n', true)).not.toThrow()
    expect(bare.dropped).toBe(1)
  })

  it('waits at the exit for a reader that takes something, and not for one that does not', () => {
    target.script.push('EAGAIN', 'EAGAIN', 3, 'EAGAIN')
    writer.write('abcdef\n', false)
    writer.flushAtExit()
    expect(target.text).toBe('abcdef\n')
    target.always = 'EAGAIN'
    writer.write('lost\n', false)
    writer.flushAtExit()
    expect(target.text).toBe('abcdef\n')
  })

  it('writes each line at once to a terminal', () => {
    const lines: string[] = []
    const terminal = new LineWriter(
      {
        isTTY: true,
        write(bytes, offset, length) {
          lines.push(Buffer.from(bytes.subarray(offset, offset + length)).toString())
          return length
        },
      },
      { recovered() {}, gone() {} },
    )
    terminal.write('a\n', false)
    expect(lines).toEqual(['a\n'])
  })
})
