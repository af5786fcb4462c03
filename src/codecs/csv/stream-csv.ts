/** Rows of a long table one after the other, so that none but the one at hand is in memory (RFC 4180). */
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { Problem } from '#kernel/problem.ts'

const rowCharacters = 64 * 1024
const pieceCharacters = 16 * 1024

/**
 * Rows as they stand, empty ones too, so that a row’s number is the one that spreadsheets show.
 * @throws Problem quoteNotClosed with its line, badSpreadsheet
 */
export async function* streamCsv(text: string, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({
    bom: true,
    delimiter,
    max_record_size: rowCharacters,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  })
  try {
    for await (const row of Readable.from(piecesOf(text), { objectMode: false }).pipe(parser)) yield row as string[]
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const line = Number(cause['lines'] ?? 0)
    throw new Problem(cause.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quoteNotClosed' : 'badSpreadsheet', { line }, { cause })
  }
}

/** The parser makes rows of all that it is given at once, so it is given little. A letter of two units stays whole. */
function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = at + pieceCharacters
    const isWithinLetter = /[\uD800-\uDBFF]/.test(text.charAt(end - 1))
    const next = isWithinLetter ? end + 1 : end
    yield text.slice(at, next)
    at = next
  }
}
