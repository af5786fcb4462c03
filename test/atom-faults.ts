/** Judges Atom feeds by RFC 4287: what elements a feed and its entries must, may and may not hold (§4.1), and their values. */
import { SaxesParser } from 'saxes'

type Node = { name: string; attributes: Record<string, string>; children: Node[]; text: string }

/** @throws Error where it is no well-formed XML */
function treeOf(text: string): Node {
  const top: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes, children: [], text: '' }
    open.at(-1)!.children.push(node)
    open.push(node)
  })
  parser.on('text', (piece) => void (open.at(-1)!.text += piece))
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
  return top.children[0]!
}
const list = ({ children }: Node, name: string): Node[] => children.filter((one) => one.name === name)
const textsOf = (node: Node, name: string): string[] => list(node, name).map(({ text }) => text)

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/
/** How often each element may stand, by §4.1.1 and §4.1.2. */
const inFeed: Record<string, [least: number, most: number]> = {
  id: [1, 1],
  title: [1, 1],
  updated: [1, 1],
  author: [0, Infinity],
  link: [0, Infinity],
  entry: [0, Infinity],
  category: [0, Infinity],
  contributor: [0, Infinity],
  generator: [0, 1],
  icon: [0, 1],
  logo: [0, 1],
  rights: [0, 1],
  subtitle: [0, 1],
}
const inEntry: Record<string, [least: number, most: number]> = {
  id: [1, 1],
  title: [1, 1],
  updated: [1, 1],
  published: [0, 1],
  author: [0, Infinity],
  link: [0, Infinity],
  category: [0, Infinity],
  contributor: [0, Infinity],
  content: [0, 1],
  rights: [0, 1],
  source: [0, 1],
  summary: [0, 1],
}

function faultsOfElement(node: Node, allowed: typeof inFeed, where: string): string[] {
  const counts = Object.entries(allowed).flatMap(([name, [least, most]]) => {
    const count = list(node, name).length
    return count < least || count > most ? [`${count} times ${name}`] : []
  })
  const others = node.children.filter(({ name }) => !(name in allowed) && !name.startsWith('opensearch:'))
  const dates = ['updated', 'published'].flatMap((name) => textsOf(node, name)).filter((text) => !dateTime.test(text))
  const links = list(node, 'link').map(({ attributes }) => attributes)
  const addresses = [...textsOf(node, 'id'), ...links.map(({ href = '' }) => href)].filter((one) => !URL.canParse(one))
  const alternates = links.filter(({ rel = 'alternate' }) => rel === 'alternate')
  const types = new Set(alternates.map(({ type, hreflang }) => `${type} ${hreflang}`))
  // §4.1.2: without content an entry must lead to what it is about.
  const leadsNowhere = allowed === inEntry && list(node, 'content').length === 0 && alternates.length === 0
  return [
    ...counts,
    ...others.map(({ name }) => `${name} has no place here`),
    ...dates.map((text) => `${text} is no time`),
    ...addresses.map((address) => `${address} is no IRI`),
    ...(types.size < alternates.length ? ['two alternates of one type'] : []),
    ...(list(node, 'category').some(({ attributes }) => !attributes.term) ? ['a category without a term'] : []),
    ...(leadsNowhere ? ['leads nowhere'] : []),
  ].map((fault) => `${where}: ${fault}`)
}

/** Each fault with its place; none where the feed is valid. @throws Error where it is no well-formed XML */
export function atomFaults(text: string): string[] {
  const feed = treeOf(text)
  if (feed.name !== 'feed' || feed.attributes.xmlns !== 'http://www.w3.org/2005/Atom') return ['no Atom feed']
  const entries = list(feed, 'entry')
  const ids = entries.map((entry) => [...textsOf(entry, 'id'), ...textsOf(entry, 'updated')].join(' '))
  const isAuthored = list(feed, 'author').length > 0
  return [
    ...faultsOfElement(feed, inFeed, 'feed'),
    ...entries.flatMap((entry, i) => faultsOfElement(entry, inEntry, `entry ${i}`)),
    ...(new Set(ids).size < ids.length ? ['two entries of one id and time'] : []),
    // §4.1.1: an author of the feed, else of each entry.
    ...(isAuthored || entries.every((entry) => list(entry, 'author').length > 0) ? [] : ['no author']),
    ...(list(feed, 'link').some(({ attributes }) => attributes.rel === 'self') ? [] : ['no link to itself']),
  ]
}

/** The addresses that entries lead to, in their order. */
export const entriesOf = (text: string): string[] =>
  [...text.matchAll(/<entry>[^]*?<link rel="alternate" type="text\/html" href="([^"]*)"/g)].map(
    ([, address]) => address!,
  )
