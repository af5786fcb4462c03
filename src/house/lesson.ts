import { kind } from './kind.ts'
import { choice, date, group, language, link, many, maybe, money, number, text, url, words } from './record/fields.ts'

/** What was learned, in a sentence that is its title: when this, do or avoid that, because of this. */
export const lesson = kind({
  name: 'lesson',
  plural: 'lessons',
  room: 'house',
  schemaType: 'CreativeWork',
  line: ['polarity', 'phase', 'grounds', 'countries'],
  snapshot: ['polarity', 'event', 'recommendation'],
  steps: [
    { name: 'identity', fields: ['title', 'polarity', 'event', 'happenedOn', 'phase', 'causes', 'practices'] },
    { name: 'consequence', fields: ['consequence', 'severity', 'moneyLost', 'timeLost', 'learnersAffected'] },
    { name: 'advice', fields: ['recommendation', 'recommendedTo', 'holdsWhere', 'failsWhere'] },
    {
      name: 'context',
      fields: ['areas', 'levels', 'technologies', 'functions', 'countries', 'settings', 'languages', 'keywords'],
    },
    {
      name: 'grounds',
      fields: [
        'grounds',
        'evidence',
        'confirms',
        'contradicts',
        'uptake',
        'confidentiality',
        'lifecycle',
        'supersededBy',
      ],
    },
  ],
  body: {
    polarity: maybe(choice('polarities')),
    recommendation: maybe(text({ weight: 'heading', property: 'abstract' })),
    recommendedTo: maybe(many(choice('addressees'))),
    event: maybe(text({ property: 'description' })),
    happenedOn: maybe(date({ facet: 'year', property: 'temporalCoverage' })),
    phase: maybe(choice('lesson-phases')),
    causes: maybe(many(choice('lesson-causes'))),
    consequence: maybe(text()),
    severity: maybe(choice('severities')),
    moneyLost: maybe(money()),
    /** In months. */
    timeLost: maybe(number({ minimum: 0 })),
    learnersAffected: maybe(number({ minimum: 0 })),
    holdsWhere: maybe(text()),
    failsWhere: maybe(text()),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    levels: maybe(many(choice('levels', { facet: 'level', property: 'educationalLevel' }))),
    technologies: maybe(many(choice('technologies', { facet: 'technology' }))),
    functions: maybe(many(choice('functions', { facet: 'function' }))),
    countries: maybe(many(choice('countries', { facet: 'country', property: 'spatialCoverage' }))),
    settings: maybe(many(choice('settings', { facet: 'setting' }))),
    languages: maybe(many(language({ facet: 'language', property: 'inLanguage' }))),
    grounds: maybe(choice('lesson-grounds')),
    practices: maybe(many(link('learnedFrom', ['practice', 'adoption', 'building-block', 'solution']))),
    evidence: maybe(many(link('evidence', ['evidence', 'study']))),
    confirms: maybe(many(link('confirms', ['lesson']))),
    contradicts: maybe(many(link('contradicts', ['lesson']))),
    /** Where it changed a rule, a checklist, a contract or a curriculum. */
    uptake: maybe(many(group({ where: text({ max: 1_000 }), on: maybe(date()), url: maybe(url()) }))),
    confidentiality: maybe(choice('confidentialities')),
    lifecycle: maybe(choice('lesson-lives')),
    supersededBy: maybe(link('supersededBy', ['lesson'])),
    keywords: maybe(words({ property: 'keywords' })),
  },
})
