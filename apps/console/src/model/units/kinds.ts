import { type Kind } from '../../shared/api.js'
import { type Entry } from '../record/entry.js'
import { type UnitKind } from './unit.js'

/** Systems that speak SQL, by the names of the conventions, former ones too. */
const SQL =
  /^(?:.*sql.*|mariadb|oracle(?:\.db)?|(?:ibm\.)?(?:db2|informix|netezza)|cockroachdb|clickhouse|h2database|h2|hsqldb|derby|(?:sap\.)?(?:hana(?:db)?|maxdb)|(?:aws\.)?redshift|(?:gcp\.)?(?:spanner|bigquery)|firebird(?:sql)?|interbase|teradata|trino|presto|hive|vertica|snowflake|duckdb|edb|sybase)$/

/** Of a span within a unit. */
export function spanKind({ facts }: Entry): Kind {
  return facts.database !== undefined && SQL.test(facts.database) ? 'sql' : 'out'
}

/** Tells a job from every other one: ids of jobs are unique in their queue alone. */
export function jobKey({ facts }: Entry): string | undefined {
  return facts.jobId === undefined ? undefined : `${facts.queue ?? ''}\n${facts.jobId}`
}

/** The kind of unit that a span is by itself; undefined where it is a part of one. */
export function unitKind({ facts }: Entry): UnitKind | undefined {
  if (facts.role === 'server') {
    return facts.statusCode === 101 || facts.connection !== undefined || facts.isMessage ? 'ws' : 'http'
  }
  if (facts.role === 'producer') return facts.isMessage ? 'ws' : undefined
  if (facts.role !== 'consumer') return undefined
  if (facts.isMessage || facts.connection !== undefined) return 'ws'
  if (facts.operation === 'receive' || facts.operation === 'settle') return undefined
  // Redis' publish and subscribe is no queue: what is received there went to everybody.
  return facts.messaging === 'redis' && facts.jobId === undefined ? 'out' : 'job'
}
