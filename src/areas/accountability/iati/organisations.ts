/** Organisations that activities name: known by their identifier, else by their name among those of one publisher. */
import { scratchMap } from '#kernel/database/scratch-map.ts'
import { oneLine } from '#codecs/xml/read-xml.ts'
import type { Party } from '#codecs/iati/activity.ts'
import { idOf } from '#records/identifier.ts'
import { known, rowOf, slug } from '#records/sources/row.ts'
import { keptAs } from '#records/sources/same-organisations.ts'
import type { Row } from '#records/sources/source.ts'
import { textsOf } from './narrative-texts.ts'

const base = 'https://w3id.org/qingdao/iati'
export const activityUri = (identifier: string): string => `${base}/activity/${encodeURIComponent(identifier)}`

/** Code list OrganisationType → our types; of multilateral bodies (40) not all are of the United Nations. */
const typeOf: Readonly<Record<string, string>> = {
  10: 'government',
  11: 'local-government',
  15: 'government',
  21: 'ngo',
  22: 'ngo',
  23: 'ngo',
  24: 'ngo',
  60: 'foundation',
  70: 'company',
  71: 'company',
  72: 'company',
  73: 'company',
  80: 'education',
}

const longestRef = 300

function uriOf({ ref, name }: Party, publisher: string): string | undefined {
  if (ref && ref.length <= longestRef) return `${base}/organisation/${encodeURIComponent(ref)}`
  const [first = ''] = Object.values(name ?? {})
  const key = slug(oneLine(first)) || encodeURIComponent(oneLine(first))
  return key ? `${base}/organisation/${encodeURIComponent(publisher)}/${key.slice(0, 500)}` : undefined
}

export type Organisations = {
  /** The identifier in the node of an organisation; nothing where nothing names it. */
  idOf(party: Party | undefined): string | undefined
  /** Those that were named for the first time since it was last asked. */
  fresh(): Row[]
  /** Those were named in vain. */
  forget(): void
  [Symbol.dispose](): void
}

/** Of one file; what it says of an organisation later is not waited for, so that any length of it can be read. */
export function organisationsOf(publisher: () => string, place: () => string): Organisations {
  const seen = scratchMap()
  const fresh = new Map<string, Row>()
  return {
    idOf(party) {
      const uri = party && uriOf(party, publisher())
      if (!party || !uri) return undefined
      const elsewhere = keptAs(uri)
      if (elsewhere !== uri) return idOf(elsewhere)
      if (seen.get(uri) === undefined) {
        seen.set(uri, '')
        fresh.set(uri, organisationRow(place(), uri, party))
      }
      return idOf(uri)
    },
    fresh() {
      const rows = [...fresh.values()]
      fresh.clear()
      return rows
    },
    forget() {
      for (const uri of fresh.keys()) seen.delete(uri)
      fresh.clear()
    },
    [Symbol.dispose]: () => seen.close(),
  }
}

function organisationRow(place: string, identifier: string, { ref, name = {}, type = '' }: Party): Row {
  // The language of an activity is no language of the names in it.
  const names = Object.values(textsOf(name, 300, []))
  const title = { und: oneLine(names[0] ?? ref ?? '') }
  const types = Object.hasOwn(typeOf, type) ? [typeOf[type]] : undefined
  return rowOf(`${place} (${title.und.slice(0, 100)})`, {
    kind: 'organisation',
    identifier,
    body: known({ title, originalLanguage: 'und', types, identifiers: ref ? [ref] : undefined }),
  })
}
