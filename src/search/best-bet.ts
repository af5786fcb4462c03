import { kind } from '#records/kind.ts'
import { link, many, text, maybe, words } from '#records/fields.ts'

/** What curators put first for a question: its titles are the question as people type it, in each language. */
export const bestBet = kind({
  name: 'best-bet',
  plural: 'best-bets',
  area: 'clearing-house',
  schemaType: 'CreativeWork',
  isAid: true,
  translatedBy: 'curators',
  line: [],
  body: {
    otherQuestions: maybe(words()),
    recommends: many(link('recommends', []), 10),
    reason: maybe(text({ max: 2_000 })),
  },
})
