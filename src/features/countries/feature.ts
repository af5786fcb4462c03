import type { Feature } from '#kernel/feature.ts'
import { mountCountries } from './routes.ts'

declare module '#ui/mounting.ts' {
  interface Slots {
    /** The part of a country's page that tells of money, by its code. */
    countryFunding: string
  }
}

/** The page of a country, which joins what other features know of it. */
export const countries: Feature = {
  name: 'countries',
  routes: [mountCountries],
}
