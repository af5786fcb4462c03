/** What was written about a thing, and how much of it whoever told of it had read. */
import { choice, group, line, many, maybe, text, url, year } from './record/fields.ts'

export const references = () =>
  maybe(
    many(
      group({
        citation: line({ max: 2_000 }),
        publisher: maybe(line({ max: 500 })),
        year: maybe(year()),
        url: maybe(url()),
        basis: maybe(choice('reference-bases')),
        whatWasRead: maybe(text({ max: 500 })),
      }),
    ),
  )
