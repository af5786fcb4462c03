/**
 * Makes the world outline, the shape of each country and the middle of each: `node tools/world.ts`. Natural Earth, public
 * domain. What the United Nations show otherwise is drawn as they do (docs/decisions/140-shapes-of-countries.md).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { geoArea, geoCentroid, geoEqualEarth, geoPath, type GeoPermissibleObjects } from 'd3-geo'
import { feature, merge } from 'topojson-client'
import { simpler, type Arcs, type Topology } from './simpler-arcs.ts'

type Outline = { geometry: { coordinates: [number, number][][] } }
type Country = { id: string; properties: { name: string }; geometry: { type: string; coordinates: unknown[] } }
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

const kosovo = 'XK'
/** A part of a country by a point on its border, moved to another country. */
const moved = [{ of: '643', near: [33.4, 46.0], to: '804' }] as const
/** Parts without a code of their own, by their names, and the country that the United Nations count them to. */
const within: Readonly<Record<string, string>> = { Somaliland: '706', 'N. Cyprus': '196' }
const antarctica = '010'

/** The geometries of each country, by its M49 number, or `XK`. */
function partsByCountry(topology: Topology): Map<string, Arcs[]> {
  const parts = new Map<string, Arcs[]>()
  const add = (code: string, part: Arcs) => parts.set(code, [...(parts.get(code) ?? []), part])
  for (const { id, properties, ...geometry } of topology.objects.countries.geometries) {
    const code = id ?? within[properties.name] ?? (properties.name === 'Kosovo' ? kosovo : undefined)
    if (!code || code === antarctica) continue
    const polygons = geometry.type === 'MultiPolygon' ? geometry.arcs : [geometry.arcs]
    for (const arcs of polygons as number[][][]) {
      const part: Arcs = { type: 'Polygon', arcs }
      const [longitude, latitude] = (feature(topology as never, part as never) as unknown as Outline).geometry
        .coordinates[0]![0]!
      const change = moved.find(
        ({ of, near }) => of === code && Math.hypot(near[0] - longitude, near[1] - latitude) < 0.5,
      )
      add(change?.to ?? code, part)
    }
  }
  return parts
}

/** The middle of a country's largest part, so that France is not in the Atlantic. */ function middleOf({
  geometry,
}: Country): [number, number] {
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
const codeOf = new Map(
  Object.entries(countries).flatMap(([code, { $numeric }]) => ($numeric ? [[$numeric.padStart(3, '0'), code]] : [])),
)
const codeOfCountry = ({ id, properties }: Country): string | undefined =>
  properties.name === 'Kosovo' ? kosovo : codeOf.get(id)

/** Natural Earth draws them as parts of other countries, or not at all: longitude and latitude. */
const further: Readonly<Record<string, [number, number]>> = {
  BQ: [-68.3, 12.2],
  GF: [-53.1, 4],
  GI: [-5.4, 36.1],
  GP: [-61.5, 16.2],
  MQ: [-61, 14.6],
  RE: [55.5, -21.1],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
  YT: [45.2, -12.8],
}
const drawnMiddles = (feature(fine, fine.objects.countries) as unknown as { features: Country[] }).features.flatMap(
  (country): [string, [number, number]][] => {
    const code = codeOfCountry(country)
    return code ? [[code, middleOf(country)]] : []
  },
)
const middles: [string, [number, number]][] = [
  ...drawnMiddles,
  ...Object.entries(further).map(([code, point]): [string, [number, number]] => {
    const [x, y] = projection(point)!
    return [code, [Math.round(x), Math.round(y)]]
  }),
]
writeFileSync(
  new URL('../src/ui/world.json', import.meta.url),
  `${JSON.stringify({ width, height, source: 'Natural Earth 1:110m and 1:50m, public domain', middles: Object.fromEntries(middles.sort()) })}\n`,
)

/** Too small to be seen or pointed at: a circle stands for it. */
const leastArea = 6
const radius = 3

/** Islands of less than this many square units are left out, but for the largest of a country. */
const leastIsland = 6

function withoutIslets(path: string): string {
  const rings = path
    .split('M')
    .filter(Boolean)
    .map((ring) => ({ ring, area: areaOf(ring) }))
  const largest = Math.max(...rings.map(({ area }) => area))
  return rings.flatMap(({ ring, area }) => (area >= Math.min(leastIsland, largest) ? `M${ring}` : [])).join('')
}

function areaOf(ring: string): number {
  const points = ring
    .replace('Z', '')
    .split('L')
    .map((point) => point.split(',').map(Number) as [number, number])
  return (
    Math.abs(
      points.reduce((sum, [x, y], at) => sum + x * (points.at(at - 1)![1] - y) - y * (points.at(at - 1)![0] - x), 0),
    ) / 2
  )
}

/** Each country by its code: its shape, else a circle. They are shown with `use`, in colours of the page. */
const simple = simpler(coarse, (point) => projection(point)!)
const shapes = [...partsByCountry(simple)].flatMap(([number, parts]): [string, string][] => {
  const code = number === kosovo ? kosovo : codeOf.get(number)
  const whole = merge(simple as never, parts as never) as unknown as GeoPermissibleObjects
  const path = compact(withoutIslets(pathOf(whole) ?? ''))
  return code && path && pathOf.area(whole) >= leastArea ? [[code, path]] : []
})
const shaped = new Set(shapes.map(([code]) => code))
const circles = middles.filter(([code]) => !shaped.has(code) && code !== 'AQ')
writeFileSync(
  new URL('../assets/countries.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><g id="all">\n${[
    ...shapes.sort().map(([code, path]) => `<path id="${code}" d="${path}"/>`),
    ...circles.sort().map(([code, [x, y]]) => `<circle id="${code}" cx="${x}" cy="${y}" r="${radius}"/>`),
  ].join('\n')}\n</g></svg>\n`,
)
