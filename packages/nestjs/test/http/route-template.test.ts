import { describe, expect, it } from '@jest/globals'
import { routeTemplate } from '../../src/http/route-template.js'
import { conformance } from '../conformance/cases.js'

describe('routeTemplate', () => {
  it.each([
    ['/', '/'],
    ['/orders/:id', '/orders/{id}'],
    ['/orders/:id/', '/orders/{id}/'],
    ['/flights/:from-:to', '/flights/{from}-{to}'],
    ['/at/:lat,:lng', '/at/{lat},{lng}'],
    ['/:größe', '/{größe}'],
    ['/orders{/:id}', '/orders/{id}'],
    ['/files/*splat', '/files/{splat}'],
    ['/files/{*path}', '/files/{path}'],
    ['/files/:"the name"', '/files/{the name}'],
    ['/a\\:b/\\{c\\}', '/a:b/{c}'],
    ['/files/*', '/files/{path}'],
    ['/at/:file(^\\d+).png', '/at/{file}.png'],
    ['/at/:hour(^\\d{2})h:minute(^(0|1)\\d\\))m', '/at/{hour}h{minute}m'],
    ['/orders/:id?', '/orders/{id}'],
    ['/orders::cancel', '/orders:cancel'],
    ['/orders/:', '/orders/:'],
  ])('turns %s into %s', (route, template) => {
    expect(routeTemplate(route)).toBe(template)
    expect(routeTemplate(route)).toBe(template)
  })

  it.each(conformance('route-template').filter(({ input }) => input['route']))(
    'conforms: $id',
    ({ input, expected }) => {
      expect(routeTemplate(String(input['route']))).toBe(expected['route'])
    },
  )
})
