import { describe } from '@jest/globals'
import { loadSqlite } from '../../src/server/sqlite/node-sqlite.js'

/** Skips where this Node has no `node:sqlite`: it came with 22.13. */
export const describeWithSqlite = loadSqlite() === undefined ? describe.skip : describe
