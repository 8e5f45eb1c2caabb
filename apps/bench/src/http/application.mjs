import { serve } from '../variant.mjs'

/**
 * A Nest application with one route, on the given copies of Nest's packages: peers have a copy of their own.
 *
 * @param {{ common: object, core: object, Adapter: new (options?: object) => object, adapterOptions?: object, imports?: unknown[],
 *   handle?: (id: string, controller: object) => unknown, inject?: unknown, flush?: () => Promise<void> }} parts
 */
export async function serveApplication({
  common,
  core,
  Adapter,
  adapterOptions,
  imports = [],
  handle,
  inject,
  logger,
  flush,
  close,
}) {
  const { Controller, Get, Inject, Module, Param } = common
  class PicksController {
    read(id) {
      return handle === undefined ? { id } : (handle(id, this) ?? { id })
    }
  }
  // oxlint-disable-next-line typescript/no-extraneous-class -- a module has nothing but its decorator
  class AppModule {}
  // Decorators as plain calls: this file is run as it stands.
  Param('id')(PicksController.prototype, 'read', 0)
  Get(':id')(
    PicksController.prototype,
    'read',
    Object.getOwnPropertyDescriptor(PicksController.prototype, 'read'),
  )
  if (inject !== undefined) Inject(inject)(PicksController.prototype, 'injected')
  Controller('picks')(PicksController)
  Module({ imports, controllers: [PicksController] })(AppModule)

  const app = await core.NestFactory.create(AppModule, new Adapter(adapterOptions), { logger: false })
  if (logger !== undefined) app.useLogger(app.get(logger))
  await app.listen(0, '127.0.0.1')
  serve(new URL(await app.getUrl()).port, {
    flush,
    async close() {
      await app.close()
      await close?.()
    },
  })
}
