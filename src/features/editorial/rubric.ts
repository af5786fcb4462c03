import type { Violation } from '#kernel/problem.ts'
import { kind } from '#records/kind.ts'
import { choice, group, inOrder, line, many, maybe, number, text } from '#records/fields.ts'

/** One thing a rubric asks about, as it stands in a body. */
export type Criterion = {
  code: string
  name: Record<string, string>
  asks?: Record<string, string>
  weight?: number
  levels: { number: number; name?: Record<string, string>; description: Record<string, string> }[]
}

/** What reviewers ask of something, and what each level means. Its version is the version of the record. */
export const rubric = kind({
  name: 'rubric',
  plural: 'rubrics',
  area: 'clearing-house',
  schemaType: 'CreativeWork',
  citationType: 'document',
  isUnreviewed: true,
  translatedBy: 'curators',
  line: ['kinds'],
  prominence: 0.5,
  body: {
    summary: maybe(text({ weight: 'heading', property: 'abstract', max: 2_000 })),
    kinds: maybe(many(choice('reviewed-kinds'))),
    criteria: inOrder(
      group({
        code: line({ max: 50, shownApart: true }),
        name: text({ max: 200, shownApart: true }),
        asks: maybe(text({ max: 2_000, shownApart: true })),
        weight: maybe(number({ minimum: 0, maximum: 100, shownApart: true })),
        levels: inOrder(
          group({
            number: number({ minimum: 0, maximum: 100, shownApart: true }),
            name: maybe(text({ max: 100, shownApart: true })),
            description: text({ max: 1_000, shownApart: true }),
          }),
          20,
        ),
      }),
      50,
    ),
  },
  check: ({ criteria }) => {
    const few = criteria.flatMap(({ levels }, at): Violation[] =>
      new Set(levels.map((one) => one.number)).size === levels.length && levels.length > 1
        ? []
        : [{ place: `criteria.${at}.levels`, rule: 'levels', values: {} }],
    )
    const codes = criteria.map(({ code }) => code)
    const twice = codes.findIndex((code, at) => codes.indexOf(code) !== at)
    return twice < 0
      ? few
      : [...few, { place: `criteria.${twice}.code`, rule: 'uniqueItems', values: { code: codes[twice]! } }]
  },
})
