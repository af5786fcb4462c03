import type { Feature } from '#kernel/feature.ts'
import { practice } from '#features/clearing-house/practice.ts'
import { aimsOfPractice, practicesAiming } from './aims.ts'
import { countryProfile } from './country.ts'
import { indicator } from './indicator.ts'
import { figuresOfNamed } from './named-countries.ts'
import { newestValues } from './newest.ts'
import { observe } from './observe.ts'
import { indicatorsOfPractice, practicesOfIndicator } from './pages/aims.ts'
import { foundFigures } from './pages/found-figures.ts'
import { indicatorPart } from './pages/ways-in.ts'
import { mountIndicators } from './routes.ts'
import { sources } from './sources.ts'
import type { Shown } from './shown.ts'
import { indicatorMigration } from './tables.ts'
import { describeIndicator, indicatorValues, latestValues, listIndicators } from './values.ts'

declare module '#ui/mounting.ts' {
  interface Slots {
    /** The page of an indicator, below what it means, with all that it shows. */
    indicator: Shown
  }
}

/** What is measured in education and what was observed, by country and year. */
export const indicators: Feature = {
  name: 'indicators',
  kinds: [indicator],
  sources,
  migrations: [indicatorMigration],
  operations: [
    listIndicators,
    describeIndicator,
    indicatorValues,
    latestValues,
    countryProfile,
    newestValues,
    observe,
    practicesAiming,
    aimsOfPractice,
  ],
  parts: { indicator: indicatorPart },
  tasks: [{ area: 'monitoring', path: '/indicators', title: 'nav.indicators', lead: 'indicators.lead' }],
  routes: [mountIndicators],
  slots: {
    aboveFound: async (pageContext, request, about) => {
      const { indicators, values } = await figuresOfNamed(pageContext, about)
      return foundFigures(pageContext.view(request), indicators, values)
    },
    record: async ({ ask, view }, request, { id, kind, body }) =>
      kind === practice.name &&
      Array.isArray(body['indicatorAims']) &&
      indicatorsOfPractice(view(request), (await ask(aimsOfPractice, { id })).aims),
    indicator: async ({ askOnce, view }, request, { told }) => {
      const { code, unit } = told.record.body
      return practicesOfIndicator(view(request), unit, (await askOnce(practicesAiming, { code })).practices)
    },
  },
}
