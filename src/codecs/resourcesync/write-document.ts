/** Documents of ResourceSync (ANSI/NISO Z39.99-2017): sitemaps that say what there is, and what changed when. */

export type Capability = 'description' | 'capabilitylist' | 'resourcelist' | 'changelist'
export type SyncLink = { rel: string; href: string; type?: string }
export type SyncEntry = {
  loc: string
  /** ISO 8601. */
  lastmod?: string | undefined
  capability?: Capability
  type?: string
  /** What happened to it, and when (§12.1). */
  change?: 'created' | 'updated' | 'deleted'
  datetime?: string
  links?: readonly SyncLink[]
}
export type SyncDocument = {
  capability: Capability
  /** It lists other documents of the same capability (§9.2, §12.2). */
  isIndex?: boolean
  /** When the list was true; of a list of changes, what time it covers: open without `until`. ISO 8601. */
  at?: string | undefined
  from?: string | undefined
  until?: string | undefined
  links?: readonly SyncLink[]
  entries: readonly SyncEntry[]
}

// XML 1.0 §2.2 knows no other control characters.
const unspeakable = /[[\p{Cc}--[\t\n\r]]\u{fffe}\u{ffff}]/gv
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const xml = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(unspeakable, '')
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign]!)

const element = (name: string, attributes: Readonly<Record<string, string | undefined>>) => {
  const said = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return said.length ? `<${name}${said.map(([key, value]) => ` ${key}="${xml(value!)}"`).join('')}/>` : ''
}
const linkOf = ({ rel, href, type }: SyncLink) => element('rs:ln', { rel, href, type })

const entryOf = (name: 'url' | 'sitemap', { loc, lastmod, capability, type, change, datetime, links }: SyncEntry) =>
  `<${name}><loc>${xml(loc)}</loc>${lastmod ? `<lastmod>${xml(lastmod)}</lastmod>` : ''}${element('rs:md', { change, datetime, capability, type })}${(links ?? []).map(linkOf).join('')}</${name}>`

/** The document as XML: `rs:ln`, then `rs:md`, then what it lists. */
export function writeSyncDocument({
  capability,
  isIndex = false,
  at,
  from,
  until,
  links = [],
  entries,
}: SyncDocument): string {
  const [root, each] = isIndex ? (['sitemapindex', 'sitemap'] as const) : (['urlset', 'url'] as const)
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/">
${[...links.map(linkOf), element('rs:md', { capability, at, from, until }), ...entries.map((one) => entryOf(each, one))].join('\n')}
</${root}>
`
}
