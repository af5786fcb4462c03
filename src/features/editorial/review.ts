import type { Violation } from '#kernel/problem.ts'
import { kind } from '#records/kind.ts'
import { choice, date, flag, group, line, link, many, maybe, number, text, url } from '#records/fields.ts'

/** What a reviewer gave for one criterion. It carries what is needed to read it where the rubric is not at hand. */
export type Score = {
  criterion: string
  level: number
  reason?: Record<string, string>
  name?: Record<string, string>
  lowest?: number
  highest?: number
  weight?: number
}

/** How much of what could be reached was reached, from 0 to 100; nothing where no score says how far its levels go. */
export function ratingOf(scores: readonly Score[]): number | undefined {
  let reached = 0
  let weights = 0
  for (const { level, lowest = 0, highest, weight = 1 } of scores) {
    if (highest === undefined || highest <= lowest) continue
    reached += (weight * (level - lowest)) / (highest - lowest)
    weights += weight
  }
  return weights > 0 ? Math.round((100 * reached) / weights) : undefined
}

/** What somebody found of a record here, or of something held elsewhere, by a rubric and with reasons. */
export const review = kind({
  name: 'review',
  plural: 'reviews',
  area: 'clearing-house',
  schemaType: 'Review',
  citationType: 'review',
  isUnreviewed: true,
  translatedBy: 'authors',
  // It is of one version of one record.
  keepsLinks: true,
  line: ['verdict', 'publishedOn'],
  prominence: 0.5,
  snapshot: ['verdict'],
  needsOneOf: ['reviews', 'elsewhere'],
  steps: [
    { name: 'identity', fields: ['title', 'reviews', 'revision', 'earlierText', 'elsewhere', 'publishedOn'] },
    {
      name: 'judgement',
      fields: ['verdict', 'summary', 'strong', 'weak', 'rubric', 'rubricRevision', 'scores', 'rating'],
    },
    { name: 'reviewers', fields: ['creators', 'unnamed', 'appointedBy', 'interest'] },
  ],
  body: {
    reviews: maybe(link('reviews', [], { property: 'itemReviewed' })),
    /** The version of the record that was looked at. */
    revision: maybe(number({ minimum: 1 })),
    /** What was looked at was changed before it was published: there is no version that it is of. */
    earlierText: maybe(flag()),
    elsewhere: maybe(
      group({ url: url(), name: maybe(line({ weight: 'heading', max: 500 })), holder: maybe(line({ max: 500 })) }),
    ),
    verdict: choice('verdicts'),
    summary: maybe(text({ weight: 'heading', property: 'reviewBody', max: 5_000 })),
    strong: maybe(text({ property: 'positiveNotes', max: 10_000 })),
    weak: maybe(text({ property: 'negativeNotes', max: 10_000 })),
    rubric: maybe(link('rubric', ['rubric'])),
    rubricRevision: maybe(number({ minimum: 1 })),
    scores: maybe(
      many(
        group({
          criterion: line({ max: 50, shownApart: true }),
          level: number({ minimum: 0, maximum: 100, shownApart: true }),
          reason: maybe(text({ max: 5_000, shownApart: true })),
          name: maybe(text({ max: 200, shownApart: true })),
          lowest: maybe(number({ minimum: 0, maximum: 100, shownApart: true })),
          highest: maybe(number({ minimum: 0, maximum: 100, shownApart: true })),
          weight: maybe(number({ minimum: 0, maximum: 100, shownApart: true })),
        }),
        50,
      ),
    ),
    /** The maximum of the rubric; filled in from the scores. */
    rating: maybe(number({ minimum: 0, maximum: 100, unit: '%' })),
    creators: maybe(
      many(group({ name: line({ weight: 'text', max: 500, tellsWho: true }), role: choice('creator-roles') }), 20),
    ),
    unnamed: maybe(flag()),
    appointedBy: maybe(line({ max: 500 })),
    interest: maybe(text({ max: 2_000, tellsWho: true })),
    publishedOn: maybe(date({ facet: 'year', property: 'datePublished' })),
  },
  complete: (body) => {
    const rating = ratingOf(body.scores ?? [])
    return rating === undefined ? body : { ...body, rating }
  },
  check: (body) =>
    (body.scores ?? []).flatMap(({ level, lowest = 0, highest = Infinity }, at): Violation[] =>
      level < lowest || level > highest ? [{ place: `scores.${at}.level`, rule: 'level', values: {} }] : [],
    ),
  schemaOrg: ({ elsewhere, rating, appointedBy }) => ({
    ...(elsewhere && {
      itemReviewed: {
        '@type': 'CreativeWork',
        '@id': elsewhere.url,
        url: elsewhere.url,
        ...(elsewhere.name && { name: elsewhere.name }),
        ...(elsewhere.holder && { provider: { '@type': 'Organization', name: elsewhere.holder } }),
      },
    }),
    ...(rating !== undefined && {
      reviewRating: { '@type': 'Rating', ratingValue: rating, bestRating: 100, worstRating: 0 },
    }),
    ...(appointedBy && { publisher: { '@type': 'Organization', name: appointedBy } }),
  }),
})
