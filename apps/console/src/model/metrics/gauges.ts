/** A metric that is drawn as it is: its plot, how its series is called, what makes its unit that of the plot. */
export interface Gauge {
  readonly plot: 'sockets' | 'eventLoop' | 'memory'
  readonly name: string
  readonly factor: number
}

const MS = 1000
const MB = 1 / 2 ** 20

export const gauges: ReadonlyMap<string, Gauge> = new Map<string, Gauge>([
  ['ws.server.active_connections', { plot: 'sockets', name: 'open', factor: 1 }],
  ['nodejs.eventloop.delay.p99', { plot: 'eventLoop', name: 'p99', factor: MS }],
  ['nodejs.eventloop.delay.mean', { plot: 'eventLoop', name: 'mean', factor: MS }],
  ['process.memory.usage', { plot: 'memory', name: 'rss', factor: MB }],
  ['v8js.memory.heap.used', { plot: 'memory', name: 'heap', factor: MB }],
])
