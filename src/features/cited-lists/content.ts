/**
 * What a cited list says, as the text that its checksum is of. Who fetches that text can compute the checksum with any
 * tool (`sha256sum`), and the beginning of the checksum is the identifier: a list cannot be changed and keep its address.
 */
import { createHash } from 'node:crypto'

export type Entry = { id: string; revision: number }
export type ListContent = { query: string; entries: readonly Entry[] }

const idLength = 32

/** `query …`, `records …`, then a line for each record in its order: identifier and version. */
export const writeContent = ({ query, entries }: ListContent): string =>
  [`query ${query}`, `records ${entries.length}`, ...entries.map(({ id, revision }) => `${id} ${revision}`), ''].join(
    '\n',
  )

export function readContent(text: string): ListContent {
  const [query = '', , ...lines] = text.trimEnd().split('\n')
  return {
    query: query.slice('query '.length),
    entries: lines.map((line) => {
      const [id = '', revision = ''] = line.split(' ')
      return { id, revision: Number(revision) }
    }),
  }
}

/** SHA-256, in hexadecimal digits. */
export const checksumOf = (text: string): string => createHash('sha256').update(text).digest('hex')
export const idOf = (text: string): string => checksumOf(text).slice(0, idLength)
