/** References, each with how much of it was read by whoever cited it. */
import { choice, group, line, many, maybe, text, url, year } from '#records/fields.ts'

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
