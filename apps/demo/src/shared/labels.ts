import type { LabelTable } from '@throughline/core'

/** What the paths of this service name: `/api/tournaments/5/drafts/12` is `tournament` 5, `draft` 12. */
export const labels: LabelTable = {
  mounts: ['api', 'ws'],
  rootResources: ['draft', 'tournament', 'leagues'],
  resources: [
    { label: 'tournament', segments: ['tournaments', 'tournament'], id: ['int', 'uuid'] },
    { label: 'draft', segments: ['drafts', 'draft'], id: ['int', 'uuid'] },
    { label: 'league', segments: ['leagues'], id: ['int', 'uuid'] },
    { label: 'organization', segments: ['organizations'], id: ['int', 'uuid'] },
    { label: 'match', segments: ['matches'], id: ['int', 'uuid'] },
    { label: 'game', segments: ['games'], id: ['int', 'uuid'] },
    { label: 'team', segments: ['teams'], id: ['int', 'uuid'] },
    { label: 'user', segments: ['users'], id: [] },
    { label: 'standings', segments: ['standings'], id: [] },
    { label: 'leaderboard', segments: ['leaderboard'], id: [] },
    { label: 'bracket', segments: ['bracket'], id: [] },
    { label: 'stats', segments: ['stats'], id: [] },
  ],
}
