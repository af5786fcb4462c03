/** Borders with fewer points, the same on both of their sides: each arc of a topology is made simpler once. */

export type Arcs = { type: string; arcs: unknown }
type Point = [number, number]
export type Topology = {
  arcs: Point[][]
  transform?: { scale: Point; translate: Point }
  objects: { countries: { geometries: (Arcs & { id?: string; properties: { name: string } })[] } }
}

/** A bend that encloses less than this many square units is left out (Visvalingam and Whyatt 1993). */
const leastBend = 3.5

export function simpler(topology: Topology, project: (point: Point) => Point): Topology {
  const { transform, ...rest } = topology
  const arcs = topology.arcs.map((arc) => simplerArc(transform ? decoded(arc, transform) : arc, project))
  return { ...rest, arcs }
}

/** Points as degrees, which TopoJSON keeps as whole numbers, each relative to the one before. */
function decoded(arc: readonly Point[], { scale, translate }: NonNullable<Topology['transform']>): Point[] {
  let [x, y] = [0, 0]
  return arc.map(([dx, dy]) => {
    x += dx
    y += dy
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
  })
}

function simplerArc(arc: readonly Point[], project: (point: Point) => Point): Point[] {
  const kept = arc.map((point) => ({ point, at: project(point) }))
  const isRing = arc.length > 1 && String(arc[0]) === String(arc.at(-1))
  const fewest = isRing ? 5 : 2
  for (;;) {
    if (kept.length <= fewest) break
    const bends = kept.slice(1, -1).map(({ at }, before) => areaOf(kept[before]!.at, at, kept[before + 2]!.at))
    const least = Math.min(...bends)
    if (least >= leastBend) break
    kept.splice(bends.indexOf(least) + 1, 1)
  }
  return kept.map(({ point }) => point)
}

const areaOf = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point) =>
  Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
