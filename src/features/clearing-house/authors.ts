/** Who wrote what a record tells. */
import { group, line, many, maybe, orcid } from '#records/fields.ts'

/** As they wish to be named; nobody where they wish to stay unnamed. */
export const authors = () =>
  maybe(
    many(
      group({
        name: line({ weight: 'text', max: 200, tellsWho: true, shownApart: true }),
        given: maybe(line({ weight: 'text', max: 100, tellsWho: true, shownApart: true })),
        orcid: maybe(orcid({ tellsWho: true, shownApart: true })),
      }),
      50,
    ),
  )
