/**
 * The parts of the source and what each imports of the others: `npm run parts`, or `node tools/parts.ts <folder>` of another
 * checkout. Prints each part with those it imports, then the circles among them, and fails where there is one.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'

/** Folders whose folders are parts of their own; any other folder of `src` is one part, and commands belong to the top. */
const gathering = ['features', 'areas', 'house']

export type Import = { file: string; target: string }
export type Parts = { files: string[]; imports: Import[] }

export const partOf = (file: string): string => {
  const [, first = '', second = '', rest] = file.split('/')
  if (gathering.includes(first) && rest !== undefined) return `${first}/${second}`
  return second === '' || first === 'commands' ? 'top' : first
}

export function readParts(root: string, glob = 'src/**/*.ts'): Parts {
  const files = globSync(glob, { cwd: root }).filter((path) => !/\.(test|d)\.ts$/.test(path))
  const aliases = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports: Record<string, string> })
    .imports
  const imports = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import|module|import\()\s?'([#.][^']+)'/g)].flatMap(
      ([, name]) => {
        const target = resolved(aliases, file, name!)
        return target ? [{ file, target }] : []
      },
    ),
  )
  return { files, imports }
}

function resolved(aliases: Record<string, string>, file: string, name: string): string | undefined {
  if (name.startsWith('.')) return normalize(join(dirname(file), name))
  if (aliases[name]) return normalize(aliases[name])
  const prefix = Object.keys(aliases).find((one) => one.endsWith('/*') && name.startsWith(one.slice(0, -1)))
  return prefix && normalize(aliases[prefix]!.replace('*', name.slice(prefix.length - 1)))
}

/** Part → the other parts that its files import. */
export function dependencies({ files, imports }: Parts): Map<string, Set<string>> {
  const found = new Map(files.map((file) => [partOf(file), new Set<string>()]))
  for (const { file, target } of imports) {
    const [from, to] = [partOf(file), partOf(target)]
    if (from !== to) found.get(from)!.add(to)
  }
  return found
}

/** Groups of parts that reach one another (Tarjan's strongly connected components of two and more). */
export function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const found: string[][] = []
  const visit = (part: string) => {
    order.set(part, order.size)
    lowest.set(part, order.get(part)!)
    path.push(part)
    for (const next of graph.get(part) ?? []) {
      if (!order.has(next)) visit(next)
      if (path.includes(next)) lowest.set(part, Math.min(lowest.get(part)!, lowest.get(next)!))
    }
    if (lowest.get(part) !== order.get(part)) return
    const circle = path.splice(path.indexOf(part))
    if (circle.length > 1) found.push(circle.sort())
  }
  for (const part of graph.keys()) if (!order.has(part)) visit(part)
  return found
}

if (import.meta.main) {
  const parts = readParts(resolve(process.argv[2] ?? '.'))
  const graph = dependencies(parts)
  for (const [part, others] of [...graph].sort(([a], [b]) => a.localeCompare(b)))
    console.log(`${part}: ${[...others].sort().join(' ') || 'nothing'}`)
  const found = circles(graph)
  console.log(`\n${parts.files.length} files in ${graph.size} parts; circles among parts: ${found.length}`)
  for (const circle of found) console.log(`  ${circle.length} parts: ${circle.join(' ')}`)
  process.exitCode = found.length > 0 ? 1 : 0
}
