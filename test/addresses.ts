/** The addresses that a node answers at, as its server has them. */
import type { TestApp } from './app.ts'

/** All addresses for a method, each name in them as `:`. */
export function addressesOf({ web }: Pick<TestApp, 'web'>, method: 'GET' | 'POST' | 'PUT' | 'DELETE'): string[] {
  const above: string[] = []
  const all = web.fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^((?:[│ ] {3})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
      if (!found) return []
      const [, indent = '', segment = '', methods = ''] = found
      above.length = indent.length / 4
      above.push(segment)
      return methods.split(', ').includes(method) ? [above.join('').replace('//', '/')] : []
    })
  return all.map((path) => path.replaceAll(/:[\w|:]+/g, ':'))
}
