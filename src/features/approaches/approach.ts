import { kind } from '#records/kind.ts'
import { credit } from '#records/credit.ts'
import { choice, group, inOrder, line, link, many, maybe, number, text, url, words, year } from '#records/fields.ts'
import { references } from '#features/clearing-house/references.ts'

/** A way of doing things that many tried, each in their own place: practices, interventions, studies and lessons belong to it. */
export const approach = kind({
  name: 'approach',
  plural: 'approaches',
  prominence: 1.3,
  leadsAt: 30,
  area: 'clearing-house',
  schemaType: 'DefinedTerm',
  citationType: 'report',
  isPublishedHere: true,
  notAsked: ['credit'],
  isUnreviewed: true,
  line: ['technologies', 'levels'],
  steps: [
    { name: 'identity', isSnapshot: true, fields: ['title', 'otherNames', 'summary', 'description', 'keywords'] },
    { name: 'classification', fields: ['technologies', 'functions', 'delivery', 'levels', 'areas', 'broader', 'near'] },
    { name: 'needs', fields: ['connectivity', 'electricity', 'devices', 'staffNeeded'] },
    { name: 'known', fields: ['goesWrong', 'notKnown', 'panels', 'references'] },
  ],
  body: {
    otherNames: maybe(words({ weight: 'title', property: 'alternateName' })),
    summary: maybe(text({ weight: 'heading', property: 'description', max: 2_000 })),
    description: maybe(text()),
    technologies: maybe(many(choice('technologies', { facet: 'technology' }))),
    functions: maybe(many(choice('functions', { facet: 'function' }))),
    delivery: maybe(many(choice('delivery-modes', { facet: 'delivery' }))),
    levels: maybe(many(choice('levels', { facet: 'level' }))),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    broader: maybe(link('broaderApproach', ['approach'])),
    near: maybe(many(link('nearApproach', ['approach']))),
    /** The least that it can be done with. */
    connectivity: maybe(choice('needed-connectivity', { facet: 'connectivity' })),
    electricity: maybe(choice('needed-electricity', { facet: 'electricity' })),
    devices: maybe(choice('needed-devices', { facet: 'devices' })),
    staffNeeded: maybe(text()),
    goesWrong: maybe(text()),
    // Who asks about girls is not helped by reading that nothing is known of them: no words of it are searched.
    notKnown: maybe(text({ weight: undefined })),
    /** What public panels that weigh all studies say of it, in their own figures. */
    panels: maybe(
      inOrder(
        group({
          panel: choice('panels'),
          /** What the panel calls it: seldom just the same. */
          panelTopic: line({ max: 300 }),
          panelClass: maybe(choice('panel-classes')),
          /** Out of five; the panel says what each stands for. */
          panelCost: maybe(number({ minimum: 1, maximum: 5 })),
          panelStrength: maybe(number({ minimum: 0, maximum: 5 })),
          /** Months of progress in a year. */
          panelMonths: maybe(number()),
          year: year(),
          url: maybe(url()),
          basis: choice('reference-bases'),
          /** What it was about, where that is not just this approach. */
          note: maybe(text({ max: 1_000 })),
          /** How far its source was read. */
          whatWasRead: maybe(text({ max: 500 })),
        }),
        20,
      ),
    ),
    keywords: maybe(words({ property: 'keywords' })),
    references: references(),
    credit: credit(),
  },
})
