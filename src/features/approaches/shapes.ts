/** The forms of what is summed up of an approach. */
import { Type, type Static } from 'typebox'

/** Raised whenever a rule of docs/guide/approaches.md changes, so that figures taken earlier can be told from later ones. */
export const rules = '2'

/** Fewer than these, and the summing up says that there is too little to say. */
export const least = { practices: 3, effects: 3, costs: 3 }

const Texts = Type.Record(Type.String(), Type.String())
const Count = Type.Object({ value: Type.String(), count: Type.Integer() })
const enough = Type.Boolean({ description: 'False where there is too little to say' })

const Practice = Type.Object({
  id: Type.String(),
  title: Texts,
  outcome: Type.Optional(Type.String()),
  countries: Type.Array(Type.String()),
  startedOn: Type.Optional(Type.String()),
})

const Study = Type.Object({
  id: Type.String(),
  title: Texts,
  citation: Type.Optional(Type.String()),
  year: Type.Optional(Type.Integer()),
  countries: Type.Array(Type.String()),
  design: Type.Optional(Type.String()),
  evidenceLevel: Type.Optional(Type.String()),
  ratings: Type.Array(Type.Object({ scheme: Type.String(), rating: Type.String() }), {
    description: 'The grades that the level was read from, in their own words',
  }),
  sampleSize: Type.Optional(Type.Number()),
  independent: Type.Optional(Type.String({ description: '`no` where those who run what was studied studied it' })),
  findings: Type.Integer({ description: 'Findings about this approach, those on other things than learning too' }),
  direction: Type.Optional(Type.String({ description: 'positive, no-clear, negative, or mixed' })),
  effects: Type.Integer({ description: 'Findings on learning, of the whole sample, with an effect size' }),
  effect: Type.Optional(Type.Number({ description: 'Their median, in standard deviations' })),
  lowest: Type.Optional(Type.Number()),
  highest: Type.Optional(Type.Number()),
  interval: Type.Optional(Type.Object({ low: Type.Number(), high: Type.Number() })),
})
export type StudyLine = Static<typeof Study>

const Lesson = Type.Object({
  id: Type.String(),
  title: Texts,
  polarity: Type.Optional(Type.String()),
  phase: Type.Optional(Type.String()),
  severity: Type.Optional(Type.String()),
  practices: Type.Integer({ description: 'Practices of this approach that it was learned from' }),
})

const Amount = Type.Object({
  practice: Type.String(),
  amount: Type.Number(),
  currency: Type.String(),
  year: Type.Optional(Type.Integer()),
})

export const Summary = Type.Object({
  approach: Type.String(),
  rules: Type.String({ description: 'Version of the rules by which this was summed up: docs/guide/approaches.md' }),
  least: Type.Object({ practices: Type.Integer(), effects: Type.Integer(), costs: Type.Integer() }),
  practices: Type.Object({
    total: Type.Integer(),
    enough,
    outcomes: Type.Array(Count, { description: 'How they ended; `unsaid` where a practice does not say' }),
    countries: Type.Array(Count),
    all: Type.Array(Practice, { description: 'The newest first' }),
  }),
  interventions: Type.Integer(),
  effects: Type.Object({
    studies: Type.Array(Study, { description: 'Strongest evidence first' }),
    directions: Type.Array(Count, { description: 'Studies by what they found' }),
    levels: Type.Array(Count, { description: 'Studies by strength of evidence, strongest first' }),
    withEffect: Type.Integer({ description: 'Studies that give an effect on learning' }),
    withoutEffect: Type.Array(Count, {
      description: 'Studies that give none, by what they found: studies that found nothing often give no figure',
    }),
    enough,
    median: Type.Optional(
      Type.Number({ description: 'Of the studies’ effects, each counted once; only where enough. Never a mean.' }),
    ),
    lowest: Type.Optional(Type.Number()),
    highest: Type.Optional(Type.Number()),
  }),
  costs: Type.Object({
    enough,
    amounts: Type.Array(Amount, { description: 'For each learner in a year, as the practices say' }),
    ranges: Type.Array(
      Type.Object({
        currency: Type.String(),
        lowest: Type.Number(),
        highest: Type.Number(),
        count: Type.Integer(),
        fromYear: Type.Optional(Type.Integer()),
        toYear: Type.Optional(Type.Integer()),
      }),
      { description: 'By currency; nothing is converted or brought to one year' },
    ),
  }),
  needs: Type.Object({
    connectivity: Type.Array(Count),
    electricity: Type.Array(Count),
    devices: Type.Array(Count),
  }),
  conditions: Type.Array(
    Type.Object({ condition: Type.String(), enabling: Type.Integer(), hindering: Type.Integer() }),
    { description: 'Practices that name a condition of each class, by whether it helped; the most named first' },
  ),
  problems: Type.Array(Type.Object({ practice: Type.String(), trouble: Texts, done: Type.Optional(Texts) }), {
    description: 'Problems met, with what was done',
  }),
  causes: Type.Array(Count, { description: 'Lessons by class of cause' }),
  lessons: Type.Object({ total: Type.Integer(), first: Type.Array(Lesson, { description: 'The weightiest first' }) }),
  unknown: Type.Array(Type.String(), {
    description: 'What is not known, as codes: their words are `approach.unknown.<code>`',
  }),
})
export type Summary = Static<typeof Summary>
