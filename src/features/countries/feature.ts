import type { Feature } from '#kernel/feature.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { View } from '#ui/view.ts'
import { noPracticesFrom } from './no-practices.ts'
import { noPracticesNotice } from './pages/no-practices.ts'
import { mountCountries } from './routes.ts'

declare module '#ui/mounting.ts' {
  interface Slots {
    /** The part of a country's page that tells of money, by its code. */
    countryFunding: string
  }
}

declare module '#kernel/feature.ts' {
  interface Feature {
    /** By name: what it tells programs of a country, in `/countries/<ISO>.json`. */
    countryData?: Readonly<Record<string, (pageContext: PageContext, view: View, country: string) => Promise<unknown>>>
  }
}

/** The page of a country, which joins what other features know of it, and what a search says where a country has no practice. */
export const countries: Feature = {
  name: 'countries',
  routes: [mountCountries],
  slots: {
    aboveFound: async (pageContext, request, about) =>
      noPracticesNotice(pageContext.view(request), await noPracticesFrom(pageContext, about)),
  },
}
