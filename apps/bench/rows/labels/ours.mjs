import { createLabelExtractor } from '@throughline/core'
import { measureReading } from './paths.mjs'

const ids = (...segments) => ({ segments, id: ['int'] })

await measureReading(
  createLabelExtractor({
    mounts: ['api', 'ws'],
    rootResources: [],
    resources: [
      ids('tournaments'),
      ids('drafts'),
      ids('picks'),
      ids('leagues'),
      { segments: ['categories'], id: ['slug'] },
      { segments: ['standings'], id: [] },
    ],
  }),
)
