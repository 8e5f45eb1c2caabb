import 'reflect-metadata'
import * as common from '@nestjs/common'
import * as core from '@nestjs/core'

/** The copy of Nest that the packages of the workspace use. */
export const nest = { common, core }

export async function workspaceAdapter(name) {
  if (name === 'fastify') return (await import('@nestjs/platform-fastify')).FastifyAdapter
  return (await import('@nestjs/platform-express')).ExpressAdapter
}
