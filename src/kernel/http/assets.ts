/** Files of the interface, named by what is in them, so that browsers keep them for ever. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { HttpResponse } from './response.ts'

const folder = new URL('../../../assets/', import.meta.url)
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/** Gives the address of an asset by its file name. */
export type Assets = (name: string) => string

export function readAssets(): { address: Assets; find: (path: string) => HttpResponse | undefined } {
  const addresses = new Map<string, string>()
  const files = new Map<string, HttpResponse>()
  function read(name: string): void {
    const type = types[extname(name)]
    if (!type || addresses.has(name)) return
    const body = bodyOf(name, (imported) => {
      read(imported)
      return addresses.get(imported)!
    })
    const stamp = createHash('sha256').update(body).digest('hex').slice(0, 10)
    const path = `/assets/${name.replace(/(\.\w+)$/, `-${stamp}$1`)}`
    addresses.set(name, path)
    files.set(path, {
      status: 200,
      headers: {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
      },
      body,
      smallest: once(() => brotliCompressSync(body)),
      isPart: name.endsWith('.css') || name.endsWith('.js'),
      keep: true,
    })
  }
  for (const name of readdirSync(folder)) read(name)
  return {
    address: (name) => addresses.get(name) ?? '/',
    find: (path) => files.get(path),
  }
}

/** A script names what it imports by its file, and finds it by its address. */
function bodyOf(name: string, addressOf: (imported: string) => string): string | Buffer {
  const file = readFileSync(new URL(name, folder))
  if (name.endsWith('.css')) return smaller(file.toString())
  if (!name.endsWith('.js')) return file
  return withoutComments(file.toString()).replace(
    / from '\.\/([\w.-]+)'/g,
    (_, imported: string) => ` from '${addressOf(imported)}'`,
  )
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

/** Comments and indentation are for those who read the source. Lines stay: a statement may end with one. */
const withoutComments = (script: string) =>
  script
    .replace(/^\s*\/\*\*[^]*?\*\/\n/gm, '')
    .replace(/^\s*\/\/.*\n/gm, '')
    .replace(/^[ \t]+/gm, '')

const smaller = (css: string) =>
  css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, (_, sign: string) => sign)
    // The space before a colon may be a descendant's: `.record :is(…)`.
    .replaceAll(': ', ':')
    .replaceAll(';}', '}')
