/**
 * Makes `dist/` of `src/`: the same files without their types, because Node.js refuses to strip types under
 * `node_modules`. Lines keep their numbers. `npm pack` runs it; a checkout runs `src/` as it is.
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports: Record<string, string> }

/** `#kernel/x.ts` → the path of the file, by the `imports` of package.json. */
function pathOf(specifier: string): string | undefined {
  for (const [pattern, target] of Object.entries(imports)) {
    const [start = '', isPattern] = pattern.split('*')
    if (isPattern === undefined ? specifier === pattern : specifier.startsWith(start))
      return join(root, target.replace('*', specifier.slice(start.length)))
  }
  return undefined
}

const asJavaScript = (path: string) => path.replace(/\.ts$/, '.js')

/** What names a file of ours, in an import or in an address of a thread, names the stripped one. */
const withPathsOfDist = (code: string, folder: string): string =>
  code.replaceAll(/'((?:#|\.{1,2}\/)[^'\n]+)'/g, (quoted, specifier: string) => {
    if (!specifier.startsWith('#')) return `'${asJavaScript(specifier)}'`
    const path = pathOf(specifier)
    if (!path) return quoted
    const near = asJavaScript(relative(folder, path)).replaceAll('\\', '/')
    return `'${near.startsWith('.') ? near : `./${near}`}'`
  })

const source = join(root, 'src')
const target = join(root, 'dist')
rmSync(target, { recursive: true, force: true })
// The first use prints a warning that stripping is experimental, which does not matter here.
process.removeAllListeners('warning')
const files = globSync('**/*.*', { cwd: source, withFileTypes: true }).filter((one) => one.isFile())
for (const { parentPath, name } of files) {
  if (/\.test\.ts$|\.d\.ts$/.test(name)) continue
  const from = join(parentPath, name)
  const to = join(target, relative(source, from))
  mkdirSync(dirname(to), { recursive: true })
  if (name.endsWith('.ts'))
    writeFileSync(
      asJavaScript(to),
      withPathsOfDist(stripTypeScriptTypes(readFileSync(from, 'utf8'), { mode: 'strip' }), parentPath),
    )
  else copyFileSync(from, to)
}
