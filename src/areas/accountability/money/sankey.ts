/**
 * A picture of flows through three columns, as a Sankey diagram: each node as high as its money, each band between two
 * nodes as high as what went from the one to the other. Heights in pixels; places across are columns 0, 1 and 2.
 */
export type Passing = { keys: readonly [string, string, string]; amount: number }
export type Node = { column: number; key: string; amount: number; top: number; height: number; room: number }
export type Band = {
  column: 0 | 1
  from: string
  to: string
  amount: number
  fromTop: number
  toTop: number
  height: number
}
export type Picture = { nodes: Node[]; bands: Band[]; height: number; total: number }

/** How high all money is; a node is never lower than its name needs. */
const whole = 320
const nameHeight = 34
const gap = 8
/** In each column; what is less is one node. */
const mostNodes = 7
export const rest = '*'

/** What is not above zero, as where more was paid back than given, has no height and is left to the table. */
export function sankey(flows: readonly Passing[]): Picture {
  const given = flows.filter(({ amount }) => amount > 0)
  const total = given.reduce((sum, { amount }) => sum + amount, 0)
  const columns = [0, 1, 2].map((column) => keptIn(given, column))
  const passing = given.map(({ keys, amount }) => ({
    amount,
    keys: keys.map((key, column) => (columns[column]!.includes(key) ? key : rest)),
  }))
  const heightOf = (amount: number) => (total > 0 ? (amount / total) * whole : 0)
  const nodes = columns.flatMap((_, column) =>
    stacked(
      column,
      sums(passing, ({ keys }) => keys[column]!),
      heightOf,
    ),
  )
  const bands = ([0, 1] as const).flatMap((column) => bandsOf(column, passing, nodes, heightOf))
  const height = Math.max(0, ...nodes.map(({ top, room }) => top + room))
  return { nodes, bands, height, total }
}

function sums<Item extends { amount: number }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Map<string, number> {
  const found = new Map<string, number>()
  for (const item of items) found.set(keyOf(item), (found.get(keyOf(item)) ?? 0) + item.amount)
  return found
}

/** The largest, and the rest as one: of one that would be the rest alone, the name says more. */
function keptIn(flows: readonly Passing[], column: number): string[] {
  const all = [...sums(flows, ({ keys }) => keys[column]!)].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return (all.length <= mostNodes ? all : all.slice(0, mostNodes - 1)).map(([key]) => key)
}

function stacked(column: number, amounts: ReadonlyMap<string, number>, heightOf: (amount: number) => number): Node[] {
  let top = 0
  return [...amounts]
    .sort(([a, x], [b, y]) => Number(a === rest) - Number(b === rest) || y - x || (a < b ? -1 : 1))
    .map(([key, amount]) => {
      const height = Math.max(1, heightOf(amount))
      const node = { column, key, amount, top, height, room: Math.max(height, nameHeight) }
      top += node.room + gap
      return node
    })
}

type Kept = { keys: readonly string[]; amount: number }

function bandsOf(
  column: 0 | 1,
  passing: readonly Kept[],
  nodes: readonly Node[],
  heightOf: (amount: number) => number,
): Band[] {
  const ofColumn = (which: number) => nodes.filter((node) => node.column === which)
  const amounts = sums(passing, ({ keys }) => JSON.stringify([keys[column], keys[column + 1]]))
  const filled = new Map<Node, number>()
  const take = (node: Node, height: number): number => {
    const at = filled.get(node) ?? 0
    filled.set(node, at + height)
    return node.top + at
  }
  return ofColumn(column).flatMap((from) =>
    ofColumn(column + 1).flatMap((to): Band[] => {
      const amount = amounts.get(JSON.stringify([from.key, to.key]))
      if (amount === undefined) return []
      const height = heightOf(amount)
      return [
        { column, from: from.key, to: to.key, amount, fromTop: take(from, height), toTop: take(to, height), height },
      ]
    }),
  )
}
