/** Signposting (https://signposting.org/FAIR): where programs find the rest of a record, as headers and as a link set. */
import { ambType, isInAmb } from '#features/export/amb.ts'
import { schemaOrgType } from '#features/export/schema-org.ts'
import { peopleOf, type Titles } from '#features/export/people.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { uriOf } from '#records/vocabularies/index.ts'
import { recordPath } from '#ui/cards.ts'

type Signpost = { rel: string; href: string; type?: string; profile?: string }
type Node = { absolute: (path: string) => string; titles: Titles }

const formats = [
  ['json', 'application/json'],
  ['jsonld', schemaOrgType],
  ['bib', 'application/x-bibtex'],
  ['ris', 'application/x-research-info-systems'],
  ['csl', 'application/vnd.citationstyles.csl+json'],
] as const
const amb = ['amb', ambType] as const

type Format = (typeof formats)[number] | typeof amb
/** The forms of a record besides its page: ending and media type. */
export const formatsOf = (kind: Kind): readonly Format[] => (isInAmb(kind) ? [...formats, amb] : formats)

const linkSetType = 'application/linkset+json'
const isHeaderSafe = (address: string) => /^[\x21-\x7e]+$/.test(address) && !/[<>,;"]/.test(address)

function signpostsOf({ absolute, titles }: Node, kind: Kind, { id, body, origin }: StoredRecord): Signpost[] {
  const here = absolute(recordPath(id))
  const licence = body.licence ?? (body.licences as string[] | undefined)?.[0]
  const authors = peopleOf(kind, body, titles).flatMap(({ role, orcid, address }) =>
    role !== 'author' ? [] : orcid ? `https://orcid.org/${orcid}` : address ? absolute(recordPath(address)) : [],
  )
  const described = formatsOf(kind).map(([ending, whole]): Signpost => {
    const [, type = whole, profile] = /^([^;]+); profile="(.+)"$/.exec(whole) ?? []
    return { rel: 'describedby', href: `${here}.${ending}`, type, ...(profile && { profile }) }
  })
  const all: Signpost[] = [
    { rel: 'cite-as', href: here },
    { rel: 'type', href: 'https://schema.org/AboutPage' },
    { rel: 'type', href: `https://schema.org/${kind.schemaType}` },
    ...authors.map((href): Signpost => ({ rel: 'author', href })),
    ...described,
    ...(typeof body.url === 'string' ? [{ rel: 'item', href: body.url }] : []),
    ...(licence ? [{ rel: 'license', href: uriOf('licences', String(licence)) }] : []),
    ...(origin?.collection ? [{ rel: 'collection', href: absolute(`/credits#${origin.collection}`) }] : []),
  ]
  return all.filter(({ href }) => isHeaderSafe(href))
}

const headerOf = ({ rel, href, type, profile }: Signpost) =>
  `<${href}>; rel="${rel}"${type ? `; type="${type}"` : ''}${profile ? `; profile="${profile}"` : ''}`

/** A record of many authors names the first in the header, and all in the link set: headers have limits. */
const mostAuthors = 10

/** `Link` headers (RFC 8288) of the page of a record. */
export function signposts(node: Node, kind: Kind, record: StoredRecord): string[] {
  const all = signpostsOf(node, kind, record)
  const authors = all.filter(({ rel }) => rel === 'author').slice(0, mostAuthors)
  const linkSet = { rel: 'linkset', href: `${node.absolute(recordPath(record.id))}.linkset`, type: linkSetType }
  const inbox = { rel: 'http://www.w3.org/ns/ldp#inbox', href: node.absolute('/inbox') }
  return [...all.filter((one) => one.rel !== 'author' || authors.includes(one)), linkSet, inbox].map(headerOf)
}

/** The `Link` header of another form of a record: which page it describes, and where the links of all are. */
export const backToPage = ({ absolute }: Pick<Node, 'absolute'>, { id }: StoredRecord): string =>
  [
    { rel: 'describes', href: absolute(recordPath(id)), type: 'text/html' },
    { rel: 'linkset', href: `${absolute(recordPath(id))}.linkset`, type: linkSetType },
  ]
    .map(headerOf)
    .join(', ')

type LinkTarget = Omit<Signpost, 'rel'>
type LinkContext = { anchor: string; [rel: string]: string | LinkTarget[] }

/** All links of a record and of its forms (RFC 9264 §4.2). */
export function linkSetOf(node: Node, kind: Kind, record: StoredRecord): { linkset: LinkContext[] } {
  const here = node.absolute(recordPath(record.id))
  const all = signpostsOf(node, kind, record)
  const byRel = Map.groupBy(all, ({ rel }) => rel)
  return {
    linkset: [
      {
        anchor: here,
        ...Object.fromEntries([...byRel].map(([rel, links]) => [rel, links.map(({ rel: _, ...target }) => target)])),
      },
      ...(byRel.get('describedby') ?? []).map(({ href }) => ({
        anchor: href,
        describes: [{ href: here, type: 'text/html' }],
      })),
    ],
  }
}

export const linkSetMediaType = linkSetType
