/** Makes the world outline and the place of each country on it: `node tools/world.ts`. Natural Earth, public domain. */
import { readFileSync, writeFileSync } from 'node:fs'
import { geoArea, geoCentroid, geoEqualEarth, geoPath, type GeoPermissibleObjects } from 'd3-geo'
import { feature, merge } from 'topojson-client'

type Country = { id: string; geometry: { type: string; coordinates: unknown[] } }
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../node_modules/world-atlas/${name}`, import.meta.url), 'utf8'))
const width = 800
const height = 389
const projection = geoEqualEarth().fitSize([width, height], { type: 'Sphere' })

const coarse = read('countries-110m.json')
const land = merge(
  coarse,
  coarse.objects.countries.geometries.filter((one: { id: string }) => one.id !== '010'),
)
const pathOf = geoPath(projection)

/** Whole numbers relative to the point before: a third of the size, and a pixel is a pixel. `step`: between points. */
function compact(path: string, step = 1): string {
  return path
    .split('M')
    .filter(Boolean)
    .map((ring) => {
      const points = ring
        .replace('Z', '')
        .split('L')
        .map((point) => point.split(',').map((value) => Math.round(Number(value))) as [number, number])
      const kept: [number, number][] = []
      for (const point of points) {
        const last = kept.at(-1)
        if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= step) kept.push(point)
      }
      if (kept.length < 4) return ''
      const steps = kept.slice(1).map(([x, y], i) => `${x - kept[i]![0]} ${y - kept[i]![1]}`)
      return `M${kept[0]!.join(' ')}l${steps.join(' ').replaceAll(' -', '-')}z`
    })
    .join('')
}

const drawn = pathOf(land as unknown as GeoPermissibleObjects) ?? ''
/** Beside a text the world is drawn a third as wide, and as many points say as much. */
for (const [name, step] of [
  ['world.svg', 1],
  ['world-small.svg', 6],
] as const)
  writeFileSync(
    new URL(`../assets/${name}`, import.meta.url),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path fill="#9db4b4" d="${compact(drawn, step)}"/></svg>\n`,
  )

/** The middle of a country's largest part, so that France is not in the Atlantic. */
function middleOf({ geometry }: Country): [number, number] {
  const parts =
    geometry.type === 'MultiPolygon'
      ? geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }))
      : [geometry]
  const largest = parts.map((part) => part as GeoPermissibleObjects).sort((a, b) => geoArea(b) - geoArea(a))[0]!
  const [x, y] = projection(geoCentroid(largest as never)) ?? [0, 0]
  return [Math.round(x), Math.round(y)]
}

const fine = read('countries-50m.json')
const countries = JSON.parse(
  readFileSync(new URL('../src/records/vocabularies/countries.json', import.meta.url), 'utf8'),
).terms as Record<string, { $numeric?: string }>
const codeOf = new Map(Object.entries(countries).map(([code, term]) => [String(term.$numeric).padStart(3, '0'), code]))
const middles = (feature(fine, fine.objects.countries) as unknown as { features: Country[] }).features.flatMap(
  (country) => {
    const code = codeOf.get(String(country.id).padStart(3, '0'))
    return code ? [[code, middleOf(country)] as const] : []
  },
)
writeFileSync(
  new URL('../src/ui/world.json', import.meta.url),
  `${JSON.stringify({ width, height, source: 'Natural Earth 1:110m and 1:50m, public domain', middles: Object.fromEntries(middles.sort()) })}\n`,
)
