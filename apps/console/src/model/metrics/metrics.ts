import { type Metric, type Payload } from '@throughline/otlp'
import { type MetricPlot, type MetricsView } from '../../shared/api.js'
import { type Group } from '../join/group.js'
import { attributesRefusal } from '../record/limits.js'
import { millisOf } from '../record/time.js'
import { attributeMap, numberOf, stringOf } from '../record/value.js'
import { type Axis, axisOf, timesOf } from './axis.js'
import { Deltas } from './deltas.js'
import { Durations, type Measurement } from './durations.js'
import { measuredBySpans, statusClass } from './from-spans.js'
import { gauges } from './gauges.js'
import { binsOf, bucketsOf, type DistributionPoint } from './histogram.js'
import { Samples } from './samples.js'
import { latencySeries, rateSeries } from './work-plots.js'

const HTTP = 'http.server.request.duration'
const JOBS = 'messaging.process.duration'
const DELTA = 1
const SPANS = 'spans in the store'
const NOTHING = 'nothing arrived yet'

type Attributes = ReturnType<typeof attributeMap>

/** The few metrics that the page plots; all others are counted and let go. */
export class Metrics {
  readonly #http = new Durations()
  readonly #jobs = new Durations()
  readonly #samples = { sockets: new Samples(), eventLoop: new Samples(), memory: new Samples() }
  readonly #deltas = new Deltas()

  add({ resourceMetrics }: Extract<Payload, { signal: 'metrics' }>['message']) {
    let points = 0
    let rejected = 0
    for (const { resource, scopeMetrics } of resourceMetrics) {
      const tooMany = attributesRefusal(resource?.attributes ?? []) !== undefined
      const attributes = attributeMap(tooMany ? [] : (resource?.attributes ?? []))
      const service = (stringOf(attributes.get('service.name')) ?? 'unknown_service').slice(0, 200)
      const instance = `${service}\n${stringOf(attributes.get('service.instance.id')) ?? ''}`.slice(0, 400)
      for (const metric of scopeMetrics.flatMap(({ metrics }) => metrics)) {
        points += metric.data.value?.dataPoints.length ?? 0
        rejected += this.#addMetric(metric, service, instance)
      }
    }
    return { points, rejected, ...(rejected === 0 ? {} : { reason: 'a histogram has too many buckets' }) }
  }

  view(minutes: number, now: number, groups: Iterable<Group>): MetricsView {
    const axis = axisOf(minutes, now)
    const spans = measuredBySpans(groups, axis)
    const http = sourced(this.#http.between(axis.from, axis.to), spans.http, HTTP)
    const jobs = sourced(this.#jobs.between(axis.from, axis.to), spans.jobs, JOBS)
    return {
      times: timesOf(axis),
      plots: [
        plot('requests', 'Requests', '/s', rateSeries(http.measurements, axis), http.source),
        plot('requestLatency', 'Request latency', 'ms', latencySeries(http.measurements, axis), http.source),
        plot('jobs', 'Jobs', '/s', rateSeries(jobs.measurements, axis), jobs.source),
        plot('jobLatency', 'Job latency', 'ms', latencySeries(jobs.measurements, axis), jobs.source),
        this.#sampled('sockets', 'Open sockets', '', axis),
        this.#sampled('eventLoop', 'Event loop delay', 'ms', axis),
        this.#sampled('memory', 'Memory', 'MB', axis),
      ],
    }
  }

  #sampled(id: 'sockets' | 'eventLoop' | 'memory', title: string, unit: string, axis: Axis): MetricPlot {
    const series = this.#samples[id].series(axis)
    const names = [...gauges].filter(([, gauge]) => gauge.plot === id).map(([name]) => name)
    return plot(id, title, unit, series, series.length === 0 ? NOTHING : names.join(', '))
  }

  #addMetric({ name, unit, data }: Metric, service: string, instance: string): number {
    if (data.case === 'gauge' || data.case === 'sum') {
      this.#addSample(name, data.value.dataPoints, service)
      return 0
    }
    if (data.case !== 'histogram' && data.case !== 'exponentialHistogram') return 0
    if (name !== HTTP && name !== JOBS) return 0
    const isDelta = Number(data.value.aggregationTemporality) === DELTA
    let rejected = 0
    for (const point of data.value.dataPoints) {
      if (!this.#addDurations(name, unit === 'ms' ? 1 : 1000, point, isDelta, instance)) rejected += 1
    }
    return rejected
  }

  #addDurations(
    metric: typeof HTTP | typeof JOBS,
    perUnit: number,
    point: DistributionPoint,
    isDelta: boolean,
    instance: string,
  ): boolean {
    const buckets = bucketsOf(point)
    if (buckets === undefined || attributesRefusal(point.attributes) !== undefined) return false
    const attributes = attributeMap(point.attributes)
    const series = [metric, instance, ...[...attributes].map((pair) => JSON.stringify(pair)).toSorted()].join(
      '\n',
    )
    const start = millisOf(point.startTimeUnixNano)
    const delta = this.#deltas.next(series, isDelta, start, millisOf(point.timeUnixNano), buckets)
    if (delta === undefined) return true
    const lane = metric === HTTP ? this.#http : this.#jobs
    const label = metric === HTTP ? statusOf(attributes) : outcomeOf(attributes)
    lane.add({ from: delta.from, to: delta.to, name: label, bins: binsOf(delta.buckets, perUnit) })
    return true
  }

  /** Points of one moment are parts of one value, such as the spaces of a heap. */
  #addSample(metric: string, points: readonly NumberPoint[], service: string): void {
    const gauge = gauges.get(metric)
    if (gauge === undefined) return
    const sums = new Map<number, number>()
    for (const { timeUnixNano, value } of points) {
      if (value.case === undefined) continue
      const at = millisOf(timeUnixNano)
      sums.set(at, (sums.get(at) ?? 0) + Number(value.value) * gauge.factor)
    }
    for (const [at, value] of sums) {
      if (Number.isFinite(value))
        this.#samples[gauge.plot].add({ at, name: `${gauge.name} ${service}`, value })
    }
  }
}

type NumberPoint = Extract<Metric['data'], { case: 'gauge' }>['value']['dataPoints'][number]

function sourced(metrics: readonly Measurement[], spans: readonly Measurement[], name: string) {
  if (metrics.length > 0) return { measurements: metrics, source: name }
  return { measurements: spans, source: spans.length > 0 ? SPANS : NOTHING }
}

function plot(
  id: MetricPlot['id'],
  title: string,
  unit: string,
  series: MetricPlot['series'],
  source: string,
): MetricPlot {
  return { id, title, unit, series, source }
}

function statusOf(attributes: Attributes): string {
  return statusClass(numberOf(attributes.get('http.response.status_code')))
}

function outcomeOf(attributes: Attributes): string {
  const outcome = stringOf(attributes.get('job.outcome'))
  return (outcome ?? (attributes.has('error.type') ? 'error' : 'ok')).slice(0, 50)
}
