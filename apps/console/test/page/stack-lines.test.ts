import { describe, expect, it } from '@jest/globals'
import { stackLines } from '../../src/page/request/stack-lines.js'

describe('stackLines', () => {
  it('tells own frames from those of Node and of packages', () => {
    const stack = [
      'WebhookError: 503',
      '    at WebhookClient.post (/srv/demo/src/webhook.client.ts:48:13)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
      '    at async run (/srv/demo/node_modules/bullmq/dist/worker.js:88:14)',
      '    at new Promise (<anonymous>)',
      '',
      '[cause]: Error: connect ECONNREFUSED',
    ].join('\n')
    expect(stackLines(stack).map(({ part }) => part)).toEqual([
      'message',
      'own',
      'foreign',
      'foreign',
      'foreign',
      'message',
    ])
  })

  it('takes no indentation over', () => {
    expect(stackLines('    at a (b.ts:1:1)')).toEqual([{ text: 'at a (b.ts:1:1)', part: 'own' }])
  })
})
