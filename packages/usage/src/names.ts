/** All that ever leaves; the template telemetry.md and the docs are held against it. */

/** The only attributes of an event that are let through (U3). */
export const EVENT_ATTRIBUTES = ['command', 'resource', 'outcome', 'status_code'] as const

export type EventAttribute = (typeof EVENT_ATTRIBUTES)[number]

/** Attributes of every data point: nobody can override them (U3). */
export const POINT_ATTRIBUTES = ['surface', 'event', ...EVENT_ATTRIBUTES] as const

export type PointAttribute = (typeof POINT_ATTRIBUTES)[number]

/** Attributes of the resource, without those that the product adds; no host, no process, no instance (U6). */
export const RESOURCE_ATTRIBUTES = ['service.name', 'service.version'] as const

/** What stands in for a value that is not on the product's list. */
export const OTHER = 'other'

/** What a run of a command-line tool counts (U7). */
export const COMMAND_RUN = 'cmd_run'
export const NO_SUBCOMMAND = 'no_subcommand'
