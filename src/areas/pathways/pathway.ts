import { kind } from '#records/kind.ts'
import { choice, group, inOrder, language, line, link, many, maybe, text, url, words } from '#records/fields.ts'

/** Ordered steps from where a learner is to where they want to be. */
export const pathway = kind({
  name: 'pathway',
  isAskedFor: true,
  plural: 'pathways',
  area: 'pathways',
  schemaType: 'Course',
  isWork: true,
  describedAt: 150,
  line: ['levels', 'subjects', 'languages'],
  body: {
    description: maybe(text({ weight: 'heading', property: 'description' })),
    url: maybe(url({ property: 'url' })),
    publisher: maybe(line({ weight: 'text', property: 'publisher', max: 300, tellsWho: true })),
    editors: maybe(many(line({ weight: 'text', max: 300 }))),
    languages: maybe(many(language({ facet: 'language', property: 'inLanguage' }))),
    licence: maybe(choice('licences', { facet: 'licence', property: 'license' })),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    audiences: maybe(many(choice('audiences', { facet: 'audience' }))),
    subjects: maybe(many(choice('subjects', { facet: 'subject', property: 'about' }))),
    keywords: maybe(words({ property: 'keywords' })),
    draftAtSource: maybe(line({ max: 50 })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    steps: inOrder(
      group({
        title: text({ weight: 'text', max: 1_000, shownApart: true }),
        note: maybe(text({ max: 5_000, shownApart: true })),
        items: maybe(
          inOrder(
            group({
              title: text({ weight: 'text', max: 1_000, shownApart: true }),
              course: maybe(link('step', ['course', 'resource'], { shownApart: true })),
              url: maybe(url({ shownApart: true })),
              duration: maybe(line({ max: 200, shownApart: true })),
              effort: maybe(line({ max: 200, shownApart: true })),
              prerequisites: maybe(line({ max: 1_000, shownApart: true })),
            }),
          ),
        ),
      }),
    ),
  },
})
