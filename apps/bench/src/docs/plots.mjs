const RAMP = ['#9aa5b1', '#2f6fde', '#e08a1e', '#c2410c', '#7c3aed']
const SERIES = ['#2f6fde', '#c2410c', '#e08a1e', '#7c3aed', '#0f8a6d', '#6b7280']
const AT_ONCE = [1, 10, 100, 1_000]
const SIZE = { width: 520, height: 260 }

/** The plots of docs/performance.md: the rows each is made of, and its Vega-Lite specification. */
export const PLOTS = [
  {
    name: 'layers',
    title: 'What each layer adds to a request on Express',
    rows: ['layers'],
    spec({ layers: { claims } }) {
      const steps = claims.map(({ claim, median }) => ({ layer: claim, us: Math.max(median, 0) }))
      const names = steps.map(({ layer }, at) => (at === 0 ? layer : `+ ${layer}`))
      const values = names.flatMap((step, at) =>
        steps.slice(0, at + 1).map(({ layer, us }, order) => ({ step, layer, us, order })),
      )
      return {
        ...SIZE,
        data: { values },
        mark: 'bar',
        encoding: {
          y: { field: 'step', type: 'nominal', sort: names, axis: { title: null, labelLimit: 0 } },
          x: { field: 'us', type: 'quantitative', axis: { title: 'user CPU of a request, µs' } },
          color: {
            ...series(
              'layer',
              steps.map(({ layer }) => layer),
              RAMP,
            ),
          },
          order: { field: 'order', type: 'quantitative' },
        },
      }
    },
  },
  {
    name: 'lines-per-context',
    title: 'A line, by how many there are in a context',
    rows: ['line'],
    spec({ line: { figures } }) {
      const names = {
        ours: 'Throughline',
        mixin: 'pino + mixin',
        child: 'pino child',
        winston: 'winston',
        logtape: 'LogTape',
        evlog: 'evlog, a pick of its wide event',
      }
      const values = Object.entries(names).flatMap(([variant, name]) =>
        [1, 3, 10].map((lines) => ({ name, lines, value: figures[`${variant}-${lines}`].cpu })),
      )
      return lineChart({
        values,
        x: { field: 'lines', type: 'ordinal', axis: { title: 'lines per context', labelAngle: 0 } },
        y: 'CPU of a line, µs',
        names: Object.values(names),
      })
    },
  },
  {
    name: 'at-once',
    title: 'Connections, jobs and sockets at a time',
    rows: ['growth-requests', 'growth-jobs', 'growth-messages'],
    spec(results) {
      const panel = (row, x, y) => ({
        ...lineChart({
          values: ['ours', 'bare'].flatMap((variant) =>
            AT_ONCE.map((count) => ({
              name: { ours: 'Throughline', bare: 'bare' }[variant],
              count,
              value: results[row].figures[`${variant}-${count}`].cpu,
            })),
          ),
          x: { field: 'count', type: 'ordinal', axis: { title: x, labelAngle: 0 } },
          y,
          names: ['Throughline', 'bare'],
        }),
        width: 190,
        height: 220,
      })
      return {
        hconcat: [
          panel('growth-requests', 'connections', 'CPU of a request, µs'),
          panel('growth-jobs', 'jobs at a time', 'CPU of a job, µs'),
          panel('growth-messages', 'sockets', 'CPU of a message, µs'),
        ],
      }
    },
  },
  {
    name: 'soak',
    title: 'The heap over 400,000 requests',
    rows: ['soak'],
    spec({ soak: { figures } }) {
      const names = {
        bare: 'bare',
        off: 'OpenTelemetry off',
        'all-signals-0.1': 'traces, logs and metrics',
      }
      const values = Object.entries(names).flatMap(([variant, name]) =>
        Object.entries(figures[variant].heap).map(([tenth, value]) => ({
          name,
          requests: tenth * 20_000,
          value,
        })),
      )
      return lineChart({
        values,
        x: { field: 'requests', type: 'quantitative', axis: { title: 'requests', format: ',d' } },
        y: 'heap after garbage collection, MB',
        names: Object.values(names),
      })
    },
  },
  {
    name: 'start-up',
    title: 'Start-up',
    rows: ['start-up-off', 'start-up-on'],
    spec(results) {
      const off = results['start-up-off'].figures
      const on = results['start-up-on'].figures
      const values = [
        { name: 'Throughline, OpenTelemetry off', ms: off.ours.cpu - off.empty.cpu },
        { name: 'Throughline, all signals', ms: on.ours.cpu - on.empty.cpu },
        { name: 'Throughline, --import register', ms: on.register.cpu - on.empty.cpu },
        { name: 'sdk-node + auto-instrumentations', ms: on['sdk-node'].cpu - on.empty.cpu },
      ].map(({ name, ms }) => ({ name, ms: ms / 1_000 }))
      const names = values.map(({ name }) => name)
      return {
        ...SIZE,
        height: 160,
        data: { values },
        mark: 'bar',
        encoding: {
          y: { field: 'name', type: 'nominal', sort: names, axis: { title: null, labelLimit: 0 } },
          x: { field: 'ms', type: 'quantitative', axis: { title: 'CPU over an empty process, ms' } },
          color: { value: SERIES[0] },
        },
      }
    },
  },
]

function lineChart({ values, x, y, names }) {
  return {
    ...SIZE,
    data: { values },
    mark: { type: 'line', point: { size: 50 } },
    encoding: {
      x,
      y: { field: 'value', type: 'quantitative', scale: { domainMin: 0 }, axis: { title: y } },
      color: series('name', names, SERIES),
    },
  }
}

function series(field, names, colours) {
  return {
    field,
    type: 'nominal',
    sort: names,
    scale: { domain: names, range: colours.slice(0, names.length) },
    legend: { title: null, orient: 'bottom', columns: 3, labelLimit: 0 },
  }
}
