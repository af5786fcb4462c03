/** What stands on pages of others: of offers and requests, of countries and of areas. */
import { nothing } from '#kernel/html/html.ts'
import type { Fills } from '#ui/mounting.ts'
import { matchesPart } from './pages/matches.ts'
import { supportBeside } from './pages/offers.ts'
import { supportMatches, supportOverview } from './support.ts'

const shown = 5

export const slots: Fills = {
  record: async ({ ask, view }, asked, record) =>
    record.kind === 'offer' || record.kind === 'request'
      ? matchesPart(view(asked), record, await ask(supportMatches, { id: record.id }))
      : nothing,
  country: async ({ ask, view }, asked, country) =>
    supportBeside(
      view(asked),
      await ask(supportOverview, { country, state: 'open', limit: shown }),
      `/offers?country=${country}`,
    ),
  area: async ({ ask, view }, asked, area) =>
    supportBeside(
      view(asked),
      await ask(supportOverview, { area, state: 'open', limit: shown }),
      `/offers?area=${area}`,
    ),
}
