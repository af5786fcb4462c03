/** Entries of a metadata file as a table: an element of the format is a column. */

/** One value of an element; `means` are the fields that it may be, the best first. */
export type Element = {
  /** As the format calls it. */
  name: string
  value: string
  means?: readonly string[]
  /** Each value has a column of its own, as names of people have. */
  isApart?: boolean
  /** Said by another element too: without a field for it, it is not kept. */
  isSpare?: boolean
}

export type MetadataTable = {
  format: MetadataFormat
  header: string[]
  /** For each column the names of the fields that it may be, the best first. */
  means: (readonly string[])[]
  /** Columns of which another says the same. */
  spare: number[]
  rows: string[][]
}

/** Formats by the names that they call themselves. */
export const formatNames = {
  bibtex: 'BibTeX',
  ris: 'RIS',
  'csl-json': 'CSL-JSON',
  'json-feed': 'JSON Feed',
  'schema-org': 'schema.org (JSON-LD)',
  'dublin-core': 'Dublin Core',
  marcxml: 'MARCXML',
  json: 'JSON',
  'json-lines': 'JSON Lines',
} as const
export type MetadataFormat = keyof typeof formatNames

const mostApart = 20

/** Columns stand in the order in which their elements are first met; an element that is repeated has a line for each value. */
export function tableOfEntries(format: MetadataFormat, entries: Iterable<readonly Element[]>): MetadataTable {
  const columns = new Map<string, { at: number; element: Element }>()
  const rows: string[][] = []
  for (const entry of entries) {
    const row: string[] = []
    const times = new Map<string, number>()
    for (const element of entry) {
      // An empty value takes its turn: the given name of the second author is never the first's.
      const time = (times.get(element.name) ?? 0) + 1
      times.set(element.name, time)
      const value = element.value.trim()
      if (value === '') continue
      const name = element.isApart && time > 1 ? `${element.name} ${Math.min(time, mostApart)}` : element.name
      const column = columns.get(name) ?? { at: columns.size, element }
      columns.set(name, column)
      const before = row[column.at]
      if (before === undefined) row[column.at] = value
      else if (!before.split('\n').includes(value)) row[column.at] = `${before}\n${value}`
    }
    rows.push(row)
  }
  const all = [...columns]
  return {
    format,
    header: all.map(([name]) => name),
    means: all.map(([, { element }]) => element.means ?? []),
    spare: all.flatMap(([, { at, element }]) => (element.isSpare ? [at] : [])),
    rows: rows.map((row) => all.map((_, at) => row[at] ?? '')),
  }
}

/** The same element once for each of its values. */
export const elements = (name: string, values: readonly string[], means?: readonly string[]): Element[] =>
  values.map((value) => ({ name, value, ...(means && { means }) }))

const meansOfAuthor = ['creators.name', 'authors.name']

/** A person or an organisation by its whole name, with what it did. */
export const people = (
  name: string,
  value: string,
  { role = 'author', means = meansOfAuthor }: { role?: string; means?: readonly string[] } = {},
): Element[] => [
  { name, value, means, isApart: true, isSpare: means !== meansOfAuthor },
  { name: `${name} role`, value: value && role, means: ['creators.role'], isApart: true, isSpare: true },
]
