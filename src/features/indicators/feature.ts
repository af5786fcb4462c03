import type { Feature } from '#kernel/feature.ts'
import { countryProfile } from './country.ts'
import { indicator } from './indicator.ts'
import { observe } from './observe.ts'
import { indicatorPart, toIndicators } from './pages/ways-in.ts'
import { mountIndicators } from './routes.ts'
import { sources } from './sources.ts'
import { observations } from './store.ts'
import { indicatorMigration } from './tables.ts'
import { describeIndicator, indicatorValues, latestValues, listIndicators } from './values.ts'

const tenSecondsMs = 10_000

/** What is measured in education and what was observed, by country and year. */
export const indicators: Feature = {
  name: 'indicators',
  kinds: [indicator],
  sources,
  migrations: [indicatorMigration],
  operations: [listIndicators, describeIndicator, indicatorValues, latestValues, countryProfile, observe],
  parts: { indicator: indicatorPart },
  routes: [mountIndicators],
  slots: { area: async ({ view }, request, area) => area === 'monitoring' && toIndicators(view(request)) },
  jobs: [
    {
      // Observations are no records, so that the journal says nothing of them: a release that another process took in.
      name: 'statistics',
      everyMs: tenSecondsMs,
      inEachProcess: true,
      work: ({ database, changed }) => {
        let known: string | undefined
        return async () => {
          const newest = (await observations(database.read).lastTaken()) ?? ''
          if (known !== undefined && newest !== known) changed()
          known = newest
        }
      },
    },
  ],
}
