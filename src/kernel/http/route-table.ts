/** The routes as they are known beside Fastify: for what none of them answers. */
type Known = { method: string; path: string; forPrograms: boolean }

export type RouteTable = ReturnType<typeof routeTable>

export function routeTable() {
  const routes: Known[] = []
  const at = (path: string) => routes.filter((one) => patternOf(one.path).test(path))
  return {
    add: (route: Known) => void routes.push(route),
    /** By which methods an address can be asked. */
    methodsAt: (path: string): string[] => [
      ...new Set(at(path).flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : method))),
    ],
    isForPrograms: (path: string): boolean => at(path).some((one) => one.forPrograms),
  }
}

const patterns = new Map<string, RegExp>()

/**
 * Which addresses a route answers: a part of the path may be anything, or one of the words that stand behind its name. Only
 * what no route answers is looked up so; the paths are those of the routes, so that there is an end of them.
 */
function patternOf(path: string): RegExp {
  const before = patterns.get(path)
  if (before) return before
  const made = new RegExp(
    `^${path.replaceAll('.', '\\.').replaceAll(/:\w+(\([^)]*\))?/g, (_, words?: string) => words ?? '[^/]+')}/?$`,
  )
  patterns.set(path, made)
  return made
}
