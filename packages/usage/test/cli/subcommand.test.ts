import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readSubcommand } from '../../src/cli/subcommand.js'

const COMMANDS = ['login', 'trace', 'trace ls', 'config set']

describe('readSubcommand', () => {
  it.each([
    [['login'], 'login'],
    [['trace', 'ls', '--token', 'secret'], 'trace ls'],
    [['trace', 'rm', 'secret'], 'trace'],
    [['config', 'set', 'key', 'secret'], 'config set'],
    [['--verbose', 'login'], 'login'],
    [['--profile', 'prod', 'login'], 'login'],
    [['--profile=prod', 'login', 'secret'], 'login'],
    [['-p', 'prod', '-v', 'trace', 'ls'], 'trace ls'],
  ])('reads %j as %s', (argv, command) => {
    expect(readSubcommand(argv, COMMANDS)).toBe(command)
  })

  it.each([
    [[]],
    [['--help']],
    [['secret']],
    [['secret', 'login']],
    [['config', 'secret']],
    [['--', 'login']],
    [['--token=secret', 'secret', 'login']],
    [['LOGIN']],
    [['login ']],
  ])('reads %j as no subcommand', (argv) => {
    expect(readSubcommand(argv, COMMANDS)).toBe('no_subcommand')
  })

  it('knows no command where none is given', () => {
    expect(readSubcommand(['login'], [])).toBe('no_subcommand')
    expect(readSubcommand(['constructor', '__proto__'], [])).toBe('no_subcommand')
  })

  it('never gives anything but a known command, whatever the arguments', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('login', 'trace', 'ls', 'config', 'set', '--', '-x', '--y=z'),
    )
    fc.assert(
      fc.property(fc.array(word), (argv) => {
        expect([...COMMANDS, 'no_subcommand']).toContain(readSubcommand(argv, COMMANDS))
      }),
    )
  })
})
