/** A world with circles, and nothing around it: where a picture says enough, and words stand beside it. */
import { html, type Html } from '#kernel/html/html.ts'
import type { FacetCount } from '#records/facets.ts'
import { valueName, type View } from './view.ts'
import world from './world.json' with { type: 'json' }

export type Dot = { code: string; name: string; count: number; href?: string }

type WorldDots = {
  labelledBy: string
  countries: readonly Dot[]
  /** The radius of the largest circle. */
  largest: number
  /** Drawn beside a text: a coarser outline does. */
  isSmall?: boolean
}

const middles = world.middles as unknown as Record<string, [number, number]>
const leastRadius = 3

export function worldDots(view: View, { labelledBy, countries, largest, isSmall = false }: WorldDots): Html {
  const most = Math.max(1, ...countries.map(({ count }) => count))
  const circles = [...countries]
    .sort((a, b) => b.count - a.count)
    .flatMap(({ code, name, count, href }) => {
      const middle = middles[code]
      if (!middle) return []
      // Whole numbers: a tenth of a unit is not seen, and weighs on every circle.
      const radius = Math.round(leastRadius + (largest - leastRadius) * Math.sqrt(count / most))
      const title = html`<title>${name}${view.f.colon}${view.f.number(count)}</title>`
      const place = html`cx="${middle[0]}" cy="${middle[1]}" r="${radius}"`
      return [
        href
          ? html`<a href="${href}" tabindex="-1">${title}<circle ${place} /></a>`
          : html`<circle ${place}>${title}</circle>`,
      ]
    })
  return html`<svg
    class="world"
    role="group"
    aria-labelledby="${labelledBy}"
    viewBox="0 0 ${world.width} ${world.height}"
  >
    <image
      href="${view.site.assets(isSmall ? 'world-small.svg' : 'world.svg')}"
      width="${world.width}"
      height="${world.height}"
    />
    ${circles}
  </svg>`
}

/** Countries with a way to what of a kind is there. */
export const countryDots = (view: View, counts: readonly FacetCount[], kind: string): Dot[] =>
  counts.map(({ value, count }) => ({
    code: value,
    name: valueName(view, 'country', value),
    count,
    href: view.href(`/search?${new URLSearchParams({ kind, country: value })}`),
  }))
