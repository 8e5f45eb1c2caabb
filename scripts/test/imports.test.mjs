import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findImports } from '../checks/find-imports.mjs'
import { importProblem } from '../checks/import-rules.mjs'

const specifiers = (source) => findImports(source).map(({ specifier }) => specifier)

describe('findImports', () => {
  for (const source of [
    `import a from 'x'`,
    `import type { A } from 'x'`,
    `import { type A,\n  b,\n} from 'x'`,
    `import * as a from "x"`,
    `import 'x'`,
    `export * from 'x'`,
    `export { a } from 'x'`,
    `export type { A } from 'x'`,
    `const a = await import('x')`,
    `const a = import(\n  'x',\n)`,
    'const a = await import(`x`)',
    `type A = import('x').A`,
    `const a = require('x')`,
    `import a = require('x')`,
    `const a = require.resolve('x')`,
    `const a = import.meta.resolve('x')`,
    `declare module 'x' {}`,
    `const glob = '**/*.ts'\nimport a from 'x'\nconst other = '*/'`,
  ]) {
    it(`sees ${JSON.stringify(source)}`, () => assert.deepEqual(specifiers(source), ['x']))
  }

  for (const source of [
    `// import a from 'x'`,
    `/**\n * import a from 'x'\n * {@link import('x')}\n */`,
    `const text = "from 'x'"`,
    'export const from = ["x"]',
    'const a = await import(name)',
  ]) {
    it(`sees nothing in ${JSON.stringify(source)}`, () => assert.deepEqual(specifiers(source), []))
  }

  it('tells the line of the specifier', () => {
    assert.deepEqual(findImports(`/*\n*/\nimport {\n  a,\n} from 'x'\nimport 'y'`), [
      { specifier: 'x', line: 5 },
      { specifier: 'y', line: 6 },
    ])
  })
})

describe('importProblem', () => {
  const problem = (owner, path, specifier) =>
    importProblem({ package: owner, path, isTest: path.startsWith('test/') }, specifier)

  for (const [owner, path, specifier] of [
    ['core', 'src/index.ts', '@throughline/otel'],
    ['core', 'src/index.ts', '@throughline/testing'],
    ['core', 'test/index.test.ts', '@throughline/testing'],
    ['core', 'src/index.ts', '@opentelemetry/api-logs'],
    ['core', 'src/index.ts', '@opentelemetry/sdk-trace-base'],
    ['nestjs', 'src/index.ts', '@throughline/bullmq'],
    ['nestjs', 'src/index.ts', '@throughline/testing'],
    ['bullmq', 'src/index.ts', '@throughline/services'],
    ['bullmq', 'src/index.ts', '@nestjs/common'],
    ['ws', 'src/adapter/nest.ts', '@nestjs/websockets'],
    ['posthog', 'src/express/inject.ts', '@nestjs/common'],
    ['posthog', 'src/nestjs/inject.ts', 'express'],
    ['posthog', 'src/index.ts', 'fastify'],
    ['posthog', 'src/index.ts', '@throughline/nestjs'],
    ['core', 'src/index.ts', 'posthog-node'],
    ['usage', 'src/index.ts', '@throughline/core'],
    ['usage', 'src/index.ts', '@throughline/core/binding'],
    ['otel', 'src/index.ts', '@throughline/nestjs'],
    ['core', 'src/index.ts', '../../otel/src/index.js'],
    ['ws', 'src/nestjs/index.ts', '../../../core/src/index.js'],
    ['apps/demo', 'src/main.ts', '../../../packages/core/src/index.js'],
  ]) {
    it(`refuses ${specifier} in ${owner}/${path}`, () => {
      assert.equal(typeof problem(owner, path, specifier), 'string')
    })
  }

  for (const [owner, path, specifier] of [
    ['core', 'src/index.ts', 'node:fs'],
    ['core', 'src/index.ts', '@opentelemetry/api'],
    ['core', 'src/index.ts', '@throughline/core/binding'],
    ['core', 'src/logger/line.ts', '../context/frame.js'],
    ['core', 'test/index.test.ts', '../src/index.js'],
    ['core', 'test/index.test.ts', '@opentelemetry/context-async-hooks'],
    ['nestjs', 'src/index.ts', '@throughline/core'],
    ['nestjs', 'src/index.ts', '@nestjs/common'],
    ['nestjs', 'test/index.test.ts', '@throughline/testing'],
    ['ws', 'src/nestjs/index.ts', '@nestjs/websockets'],
    ['posthog', 'src/nestjs/index.ts', '@nestjs/common'],
    ['posthog', 'src/express/index.ts', 'express'],
    ['posthog', 'src/client/sdk.ts', 'posthog-node'],
    ['posthog', 'test/index.test.ts', 'fastify'],
    ['usage', 'src/index.ts', '@throughline/core/parse-bool'],
    ['usage', 'src/index.ts', '@opentelemetry/sdk-metrics'],
    ['otel', 'src/index.ts', '@opentelemetry/sdk-trace-node'],
    ['testing', 'src/index.ts', '@throughline/otel'],
    ['testing', 'src/index.ts', '@opentelemetry/sdk-metrics'],
    ['apps/demo', 'src/main.ts', '@throughline/services'],
  ]) {
    it(`allows ${specifier} in ${owner}/${path}`, () => {
      assert.equal(problem(owner, path, specifier), undefined)
    })
  }
})
