/** Tables as a file that people take away. */
import type { HttpResponse } from '#kernel/http/response.ts'
import { openToAll } from '#kernel/http/headers.ts'
import { cell } from './csv.ts'

export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`

export const csvResponse = (body: string, name: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': 'no-cache',
    ...openToAll,
  },
  body,
  keep: true,
})
