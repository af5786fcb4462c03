import { isOf, kind, type BodyOf } from '#records/kind.ts'
import { choice, date, flag, line, many, maybe, text, url, words } from '#records/fields.ts'
import type { StoredRecord } from '#records/record.ts'

/** What is measured, by whom and how. What was observed stands in tables of its own (`tables.ts`), by `code`. */
export const indicator = kind({
  name: 'indicator',
  plural: 'indicators',
  prominence: 0.7,
  area: 'monitoring',
  schemaType: 'StatisticalVariable',
  citationType: 'dataset',
  isFromSourcesAlone: true,
  isUnreviewed: true,
  isAskedFor: true,
  holdsNumbers: true,
  line: ['theme', 'unit', 'publisher'],
  columns: ['code', 'theme', 'unit', 'sdgIndicator', 'publisher', 'releasedOn'],
  body: {
    otherNames: maybe(words({ weight: 'title', property: 'alternateName' })),
    code: line({ max: 100 }),
    theme: maybe(choice('indicator-themes')),
    definition: maybe(text({ property: 'description' })),
    limits: maybe(text()),
    method: maybe(text()),
    unit: choice('indicator-units'),
    sdgIndicator: maybe(line({ max: 20 })),
    sdgTargets: maybe(many(choice('sdg-targets'))),
    dimensions: maybe(many(choice('indicator-dimensions'))),
    headline: maybe(line({ max: 300, shownApart: true })),
    totalsFrom: maybe(line({ max: 100, shownApart: true })),
    isKey: maybe(flag({ shownApart: true })),
    publisher: maybe(line({ max: 300 })),
    url: maybe(url({ property: 'url' })),
    releasedOn: maybe(date()),
    licence: maybe(choice('licences', { property: 'license' })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})

export type Indicator = BodyOf<typeof indicator>
export const isIndicator: (record: StoredRecord) => boolean = isOf(indicator)

/** By its code an indicator is found without asking: the same on every node. */
export const identifierOf = (code: string): string => `https://w3id.org/qingdao/indicators/${code}`
