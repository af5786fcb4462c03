/** What ResourceSync says of this node: all its records, and what changed since, from the journal. */
import type { JournalLine } from '#kernel/journal.ts'
import type { SyncDocument, SyncEntry } from '#codecs/resourcesync/write-document.ts'

type Absolute = (path: string) => string

/** A document lists at most 50,000 (ResourceSync §3, Sitemaps 0.9). */
export const entriesInPart = 10_000

const folder = '/resourcesync'
export const paths = {
  source: '/.well-known/resourcesync',
  capabilities: `${folder}/capabilitylist.xml`,
  part: (capability: 'resourcelist' | 'changelist', part?: number) =>
    `${folder}/${capability}${part === undefined ? '' : `-${part}`}.xml`,
}

export const sourceDescription = (absolute: Absolute): SyncDocument => ({
  capability: 'description',
  links: [{ rel: 'describedby', href: absolute('/dcat.jsonld'), type: 'application/ld+json' }],
  entries: [{ loc: absolute(paths.capabilities), capability: 'capabilitylist' }],
})

export const capabilityList = (absolute: Absolute): SyncDocument => ({
  capability: 'capabilitylist',
  links: [{ rel: 'up', href: absolute(paths.source) }],
  entries: (['resourcelist', 'changelist'] as const).map((capability) => ({
    loc: absolute(paths.part(capability)),
    capability,
  })),
})

const upTo = (absolute: Absolute) => ({ rel: 'up', href: absolute(paths.capabilities) })

/** All parts of a list. `covers`: when it was true, or from when on it tells of changes. */
export const partsOf = (
  absolute: Absolute,
  capability: 'resourcelist' | 'changelist',
  parts: number,
  covers: { at?: string | undefined; from?: string | undefined },
): SyncDocument => ({
  capability,
  isIndex: true,
  ...covers,
  links: [upTo(absolute)],
  entries: Array.from({ length: parts }, (_, i) => ({ loc: absolute(paths.part(capability, i + 1)) })),
})

/** The whole record, and the page that it describes. */
const entryOf = (absolute: Absolute, id: string): SyncEntry => ({
  loc: absolute(`/records/${id}.json`),
  type: 'application/json',
  links: [{ rel: 'describes', href: absolute(`/records/${id}`), type: 'text/html' }],
})

export const resourceList = (
  absolute: Absolute,
  at: string,
  records: readonly { id: string; changedAt: string }[],
): SyncDocument => ({
  capability: 'resourcelist',
  at,
  links: [upTo(absolute), { rel: 'index', href: absolute(paths.part('resourcelist')) }],
  entries: records.map(({ id, changedAt }) => ({ ...entryOf(absolute, id), lastmod: changedAt })),
})

const changes: Readonly<Record<JournalLine['action'], NonNullable<SyncEntry['change']>>> = {
  share: 'created',
  restore: 'created',
  revise: 'updated',
  translate: 'updated',
  withdraw: 'deleted',
}

/** One part of the journal, in its order. A part that is full never changes again, and says until when it goes. */
export function changeList(
  absolute: Absolute,
  lines: readonly JournalLine[],
  isTold: (line: JournalLine) => boolean,
): SyncDocument {
  const isFull = lines.length === entriesInPart
  return {
    capability: 'changelist',
    from: lines[0]?.at,
    until: isFull ? lines.at(-1)!.at : undefined,
    links: [upTo(absolute), { rel: 'index', href: absolute(paths.part('changelist')) }],
    entries: lines.filter(isTold).map(({ recordId, action, at }) => ({
      ...entryOf(absolute, recordId),
      ...(action !== 'withdraw' && { lastmod: at }),
      change: changes[action],
      datetime: at,
    })),
  }
}
