import type { Feature } from '#kernel/feature.ts'
import { sources } from './sources.ts'
import { countryFunding } from './pages/country-funding.ts'
import { fundingByCountry } from './by-country.ts'
import { funding } from './funding.ts'

export const accountability: Feature = {
  name: 'accountability',
  kinds: [funding],
  sources,
  operations: [fundingByCountry],
  slots: {
    countryFunding: async ({ view, askOnce }, request, country) =>
      countryFunding(view(request), (await askOnce(fundingByCountry, {})).countries[country]),
  },
}
