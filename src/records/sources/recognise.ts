/** Which files belong to which source, by looking at what is in them. */
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { Source } from './source.ts'

type Recognising = Pick<Source, 'name' | 'recognise' | 'isBeside'>
export type Found<One extends Recognising = Source> = { source: One; files: Files }
/** The name by which a source reads a file → the name of the file. */
export type Files = ReadonlyMap<string, string>
export type Left = {
  file: string
  /** `unknown` to every source; `empty`; a `companion` of others, such as a licence; a `second` file of one name. */
  why: 'unknown' | 'empty' | 'companion' | 'second'
}

const companion = /(?:^|\/)(?:\.|(?:licen[cs]e|readme|notice|changelog|source)\b)/i

/** The files of a folder by the source that recognises them, and those that none does. A file may serve several. */
export async function recogniseFiles<One extends Recognising>(
  folder: Folder,
  sources: Iterable<One>,
): Promise<{ found: Found<One>[]; left: Left[] }> {
  const all = [...sources].map((source) => ({ source, files: new Map<string, string>() }))
  const left: Left[] = []
  for (const file of await folder.names()) {
    const head = await folder.head(file).catch((error: unknown) => {
      if (error instanceof Problem) return ''
      throw error
    })
    const said = all.flatMap(({ source, files }) => {
      const name = source.recognise(file, head.replace(/^\uFEFF/, ''))
      if (name === undefined) return []
      if (files.has(name)) return 'second' as const
      files.set(name, file)
      return 'taken' as const
    })
    if (said.includes('taken')) continue
    const why = head.trim() === '' ? 'empty' : companion.test(file) ? 'companion' : 'unknown'
    left.push({ file, why: said.length > 0 ? 'second' : why })
  }
  const isSomething = ({ source, files }: Found<One>) => [...files.keys()].some((name) => !source.isBeside?.(name))
  return { found: all.filter(isSomething), left }
}

/** The recognised files alone, under the names by which their source reads them. */
export function viewOf(folder: Folder, files: Files): Folder {
  const named = (name: string) => {
    const file = files.get(name)
    if (file === undefined) throw new Problem('fileNotFound', { file: name })
    return file
  }
  return {
    path: folder.path,
    names: async () => [...files.keys()].sort(),
    has: async (name) => files.has(name),
    bytes: async (name) => folder.bytes(named(name)),
    text: async (name) => folder.text(named(name)),
    head: async (name, bytes) => folder.head(named(name), bytes),
    lines: (name) => folder.lines(named(name)),
    pieces: (name) => folder.pieces(named(name)),
  }
}

/** What of a folder a source reads. */
export async function recognised(folder: Folder, source: Recognising): Promise<Folder> {
  const [found] = (await recogniseFiles(folder, [source])).found
  return viewOf(folder, found?.files ?? new Map())
}

/** The end of a path that follows a layout, wherever the layout lies. */
export const laidOut = (path: string, layout: RegExp): string | undefined =>
  new RegExp(`(?:^|/)(${layout.source})$`, layout.flags).exec(path)?.[1]

/** Whether a path ends with the usual name of a file. */
export const isNamed = (path: string, name: string): boolean => path === name || path.endsWith(`/${name}`)

/** Whether a table begins with a row of headers of which one is this. */
export const isColumn = (head: string, column: string): boolean =>
  (/^[^\r\n]*/.exec(head)?.[0] ?? '').split(/[,;\t]/).some((cell) => cell.trim().replaceAll('"', '') === column)
