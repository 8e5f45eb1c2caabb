import { describe, expect, it } from '@jest/globals'
import { HELP, readCommandLine } from '../src/command-line.js'
import { Demo } from './support/demo.js'

describe('readCommandLine', () => {
  it.each([
    [[], {}, { mode: 'story', port: 0 }],
    [[], { PORT: '3000' }, { mode: 'story', port: 0 }],
    [['--serve'], {}, { mode: 'serve', port: 0 }],
    [['--serve'], { PORT: '3000' }, { mode: 'serve', port: 3000 }],
    [['--serve', '--port', '3001'], { PORT: '3000' }, { mode: 'serve', port: 3001 }],
    [['--serve', '--console-port', '0'], {}, { mode: 'serve', port: 0, consolePort: 0 }],
    [['--serve', '--no-console'], {}, { mode: 'serve', port: 0, consolePort: false }],
    [['--help', '--serve'], {}, { mode: 'help', port: 0 }],
  ] as const)('reads %j with %j', (args, env, expected) => {
    expect(readCommandLine([...args], env)).toEqual(expected)
  })

  it.each([
    [['--serve', '--port', '70000'], '"70000" is not a port: give a number from 0 (any free one) to 65535'],
    [['--serve', '--port', 'http'], '"http" is not a port: give a number from 0 (any free one) to 65535'],
    [['--port', '3000'], '--port goes with --serve'],
    [['--no-console'], '--no-console goes with --serve'],
    [
      ['--serve', '--console-port', '70000'],
      '"70000" is not a port: give a number from 0 (any free one) to 65535',
    ],
  ])('refuses %j', (args, message) => {
    expect(() => readCommandLine(args, {})).toThrow(message)
  })
})

describe('the command', () => {
  it('prints its help and starts nothing', async () => {
    const demo = new Demo(['--help'])

    expect(await demo.ended).toEqual([0, null])
    expect({ output: demo.output, errors: demo.errors }).toEqual({ output: `${HELP}\n`, errors: '' })
    await demo.dispose()
  })

  it('exits with 2 for an unknown option', async () => {
    const demo = new Demo(['--prot'])

    expect(await demo.ended).toEqual([2, null])
    expect(demo.output).toBe('')
    expect(demo.errors).toMatch(/^Unknown option '--prot'.*\nSee npm run demo -- --help\n$/)
    await demo.dispose()
  })
})
