/** Circles with numbers on the world; those that would cover one another are drawn as one. Regions are zoomed into by links. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import { regionsOf } from '#records/vocabularies/index.ts'
import { figure, type Bar, type ChartWords } from './chart-figure.ts'
import world from './world.json' with { type: 'json' }
import { plainLabel, type View } from './view.ts'

export type Dot = Bar & { code: string }

/** How the map is looked into: at which region, and where each choice leads. */
export type Zoom = { region: string | undefined; href: (region: string | undefined) => string }

export type MapLinks = {
  zoom?: Zoom
  /** To what several countries have together. */
  together?: (codes: readonly string[]) => string
}

const middles = world.middles as unknown as Record<string, [number, number]>
/** The parts of the world that fill a map each (UN M49). */
export const zoomRegions = ['002', '021', '419', '142', '150', '009'] as const
type Look = { least: number; most: number; number: number; reach: number }
/** Who looks into a region wants to see its countries apart: smaller circles, and fewer that stand for several. */
const looks = {
  world: { least: 11, most: 30, number: 15, reach: 32 },
  region: { least: 8.5, most: 18, number: 13, reach: 18 },
} satisfies Record<string, Look>
const namesInTitle = 5

/** A part of the map in its units. */
type Frame = { x: number; y: number; width: number; height: number }
const whole: Frame = { x: 0, y: 0, width: world.width, height: world.height }

const regionOf = (code: string): string | undefined => zoomRegions.find((region) => regionsOf(code).includes(region))

/** So far from the rest of its region that all else would become small; it is drawn at the edge. */
const farOff = new Set(['RU', 'TF', 'IO'])
const room = 24

/** All middles of a region with room around them; what lies over the date line is left out. */
function frameOf(region: string): Frame {
  const points = Object.entries(middles).flatMap(([code, point]) =>
    regionsOf(code).includes(region) && !farOff.has(code) ? [point] : [],
  )
  const middle = points.map(([x]) => x).sort((a, b) => a - b)[Math.floor(points.length / 2)] ?? 0
  const near = points.filter(([x]) => Math.abs(x - middle) < whole.width / 4)
  const [xs, ys] = [near.map(([x]) => x), near.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs) - room, Math.min(...ys) - room]
  return { x, y, width: Math.max(...xs) + room - x, height: Math.max(...ys) + room - y }
}
const frames = new Map(zoomRegions.map((region) => [region as string, frameOf(region)]))

/** Countries drawn as one circle, the largest first. */
type Cluster = { x: number; y: number; count: number; dots: Dot[] }

/** A smaller circle joins a larger one of its region that would cover its middle. */
function clustersOf(dots: readonly Dot[], { frame, reach }: { frame: Frame; reach: number }): Cluster[] {
  const clusters: Cluster[] = []
  for (const dot of [...dots].sort((a, b) => b.count - a.count)) {
    const middle = middles[dot.code]
    if (!middle) continue
    const x = within(middle[0], frame.x, frame.width)
    const y = within(middle[1], frame.y, frame.height)
    const near = clusters.find(
      (one) => Math.hypot(one.x - x, one.y - y) < reach && regionOf(one.dots[0]!.code) === regionOf(dot.code),
    )
    if (near) {
      near.dots.push(dot)
      near.count += dot.count
    } else clusters.push({ x, y, count: dot.count, dots: [dot] })
  }
  return clusters.sort((a, b) => b.count - a.count)
}

/** To a tenth of a unit: less is not seen, and weighs on every circle. */
const within = (value: number, start: number, size: number) =>
  Math.round(Math.min(Math.max(value, start + size / 30), start + size - size / 30) * 10) / 10

type Sizes = { sizeOf: (count: number) => number; numberSize: number }

const sizesOf = (clusters: readonly Cluster[], { least, most, number }: Look, unit = 1): Sizes => {
  const largest = Math.max(1, ...clusters.map(({ count }) => count))
  return {
    sizeOf: (count) => (least + (most - least) * Math.sqrt(count / largest)) * unit,
    numberSize: number * unit,
  }
}

/** Half of a digit, and of its outline and height, as parts of its size. */
const [digitWidth, outline] = [0.3, 0.2]
const steps = 24

/** A circle that would cover the number of a larger one moves off it: so little that it stays by its country. */
function apart(clusters: readonly Cluster[], { sizeOf, numberSize }: Sizes): Cluster[] {
  const halfNumber = (count: number) => (String(count).length * digitWidth + outline) * numberSize
  const placed: Cluster[] = []
  for (const cluster of clusters) {
    const own = sizeOf(cluster.count)
    let { x, y } = cluster
    for (let step = 0; step < steps; step++) {
      const covered = placed.find((one) => Math.hypot(one.x - x, one.y - y) < own + halfNumber(one.count) - 0.1)
      if (!covered) break
      const distance = Math.hypot(covered.x - x, covered.y - y) || 1
      const wanted = own + halfNumber(covered.count)
      x = covered.x + ((x - covered.x || 1) / distance) * wanted
      y = covered.y + ((y - covered.y) / distance) * wanted
    }
    placed.push({ ...cluster, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 })
  }
  return placed
}

function circle(view: View, { x, y, count, dots }: Cluster, size: number, links: MapLinks): Html {
  const title = html`<title>${namesOf(view, dots)}${view.f.colon}${view.f.number(count)}</title>`
  const drawn = html`<circle cx="${x}" cy="${y}" r="${size.toFixed(1)}" /><text x="${x}" y="${y}" dy=".35em">${view.f.number(count)}</text>`
  const href = linkOf(dots, links)
  return href ? html`<a href="${href}" tabindex="-1">${title}${drawn}</a>` : html`<g>${title}${drawn}</g>`
}

/** One country leads to what it has; several to their region, and there to what they have together. */
function linkOf(dots: readonly Dot[], { zoom, together }: MapLinks): string | undefined {
  if (dots.length === 1) return dots[0]!.href
  const region = regionOf(dots[0]!.code)
  if (zoom && !zoom.region && region) return zoom.href(region)
  return together?.(dots.map(({ code }) => code))
}

const namesOf = ({ f }: View, dots: readonly Dot[]): string => {
  const names = dots.slice(0, namesInTitle).map(({ name }) => name)
  return `${names.join(f.comma)}${dots.length > namesInTitle ? ` +${f.number(dots.length - namesInTitle)}` : ''}`
}

export function worldMap(view: View, words: ChartWords, countries: readonly Dot[], links: MapLinks = {}): Html {
  const { zoom } = links
  const region = zoom?.region
  const frame = frames.get(region ?? '') ?? whole
  const shown = countries
    .filter(({ code }) => !region || regionsOf(code).includes(region))
    .toSorted((a, b) => b.count - a.count || view.f.compare(a.name, b.name))
  // A region is drawn as high as the world is, however narrow: its numbers are to be as large.
  const unit = Math.max(frame.width / whole.width, frame.height / whole.height)
  const look = frame === whole ? looks.world : looks.region
  const clusters = clustersOf(shown, { frame, reach: look.reach * unit })
  const sizes = sizesOf(clusters, look, unit)
  const box = [frame.x, frame.y, frame.width, frame.height].map((value) => Math.round(value * 10) / 10).join(' ')
  return figure(
    view,
    words,
    html`${zoom && zoomLinks(view, zoom)}
      ${region && shown.length === 0 && html`<p class="notice">${view.t('map.empty', { region: plainLabel(view, 'regions', region) })}</p>`}
      <svg class="world${frame === whole ? '' : ' part'}" role="group" aria-labelledby="${words.id}" viewBox="${box}">
        <image href="${view.site.assets('world.svg')}" width="${whole.width}" height="${whole.height}" />
        <g font-size="${sizes.numberSize.toFixed(1)}" stroke-width="${unit.toFixed(2)}" text-anchor="middle"><g class="numbers">${apart(clusters, sizes).map((one) => circle(view, one, sizes.sizeOf(one.count), links))}</g></g>
      </svg>
      <p class="small">${view.f.sentences(clusters.some(({ dots }) => dots.length > 1) && view.t('map.together'), view.t('map.disclaimer'))}</p>`,
    shown,
  )
}

const [circleColour, numberColour] = ['#0a5560', '#ffffff']

/** The same circles for a page of another site: without links and without a style of ours. */
export function mapFragment(view: View, { title }: { title: string }, countries: readonly Dot[]): Html {
  const clusters = clustersOf(countries, { frame: whole, reach: looks.world.reach })
  const sizes = sizesOf(clusters, looks.world)
  return html`  <svg role="img" aria-label="${title}" viewBox="0 0 ${world.width} ${world.height}" style="max-inline-size: 100%; block-size: auto">
    <image href="${view.absolute(view.site.assets('world.svg'))}" width="${world.width}" height="${world.height}" />
    <g font-size="${sizes.numberSize}" fill="${numberColour}" text-anchor="middle">${apart(clusters, sizes).map(({ x, y, count, dots }) => html`<g><title>${namesOf(view, dots)}${view.f.colon}${view.f.number(count)}</title><circle cx="${x}" cy="${y}" r="${sizes.sizeOf(count).toFixed(1)}" fill="${circleColour}" fill-opacity="0.85" /><text x="${x}" y="${y}" dy=".35em">${view.f.number(count)}</text></g>`)}</g>
  </svg>
`
}

function zoomLinks(view: View, { region, href }: Zoom): Html {
  const one = (code: string | undefined, name: string) =>
    html`<li><a href="${href(code)}" rel="nofollow"${code === region ? html` aria-current="true"` : nothing}>${name}</a></li>`
  return html`<nav aria-label="${view.t('map.zoom')}">
    <ul class="chips">
      ${one(undefined, plainLabel(view, 'regions', '001'))}${zoomRegions.map((code) => one(code, plainLabel(view, 'regions', code)))}
    </ul>
  </nav>`
}
