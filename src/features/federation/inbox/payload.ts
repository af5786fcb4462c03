/** Payloads of COAR Notify 1.0.1 (ActivityStreams 2.0 as JSON-LD): read by their shape alone, and nothing in them is fetched. */
import { isWebAddress } from '#kernel/schema.ts'

export const patterns = {
  reviewRequest: ['Offer', 'coar-notify:ReviewAction'],
  endorsementRequest: ['Offer', 'coar-notify:EndorsementAction'],
  reviewAnnounced: ['Announce', 'coar-notify:ReviewAction'],
  endorsementAnnounced: ['Announce', 'coar-notify:EndorsementAction'],
  relationshipAnnounced: ['Announce', 'coar-notify:RelationshipAction'],
  resourceAnnounced: ['Announce', 'coar-notify:ServiceResult'],
} as const
export type Pattern = keyof typeof patterns

/** What asks for a decision; announcements only tell. */
export const isRequest = (pattern: string): boolean => pattern === 'reviewRequest' || pattern === 'endorsementRequest'

export type Payload = {
  uri: string
  pattern: Pattern
  about: string
  objectUri: string
  senderUri: string
  senderName: string
}

export const contexts = ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net']
type Fields = Record<string, unknown>
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
const uriOf = (value: unknown): string | undefined => {
  const { id } = fields(value)
  return typeof id === 'string' &&
    id.length <= 2_000 &&
    /^[\x21-\x7e]+$/.test(id) &&
    (isWebAddress(id) || /^urn:[a-z0-9-]{2,31}:/i.test(id))
    ? id
    : undefined
}
// Bidirectional controls and others that are not seen would let a name look like another.
const unseen = /[\p{Cc}\p{Cf}]/gu

/** What each payload must say, and what it names as its types. */
function readEnvelope(value: unknown): { given: Fields; uri: string; types: unknown[]; senderUri: string } | string {
  const given = fields(value)
  const said = list(given['@context'])
  if (!contexts.every((one) => said.some((other) => typeof other === 'string' && other.replace(/\/$/, '') === one)))
    return '@context'
  const uri = uriOf(given)
  if (!uri) return 'id'
  const senderUri = uriOf(given.origin)
  if (!senderUri) return 'origin'
  if (!uriOf(given.target)) return 'target'
  return { given, uri, types: list(given.type), senderUri }
}

export const isUndo = (value: unknown): boolean => list(fields(value).type).includes('Undo')

/** The name of what is wrong, or which notification its sender takes back. Before 1.0 there was no `inReplyTo`. */
export function readUndo(value: unknown): { of: string; senderUri: string } | { wrong: string } {
  const envelope = readEnvelope(value)
  if (typeof envelope === 'string') return { wrong: envelope }
  const { given, senderUri } = envelope
  const of = uriOf(given.object)
  if (!of) return { wrong: 'object' }
  if (given.inReplyTo !== undefined && given.inReplyTo !== of) return { wrong: 'inReplyTo' }
  return { of, senderUri }
}

/** The name of what is wrong, or the payload. `isHere`: whether an address is that of a record of this node. */
export function readPayload(value: unknown, isHere: (address: string) => boolean): Payload | { wrong: string } {
  const envelope = readEnvelope(value)
  if (typeof envelope === 'string') return { wrong: envelope }
  const { given, uri, types, senderUri } = envelope
  const pattern = (Object.keys(patterns) as Pattern[]).find((name) =>
    patterns[name].every((type) => types.includes(type)),
  )
  if (!pattern) return { wrong: 'type' }
  const objectUri = uriOf(given.object)
  if (!objectUri) return { wrong: 'object' }
  // A request is about its object; what was made elsewhere says in its context, or as what it relates to, what it is about.
  const abouts = [
    objectUri,
    uriOf(given.context),
    fields(given.object)['as:object'],
    fields(given.object)['as:subject'],
  ]
  const about = abouts.find((one): one is string => typeof one === 'string' && isHere(one))
  if (!about) return { wrong: 'context' }
  const { name } = fields(given.actor)
  const senderName = (typeof name === 'string' ? name.replaceAll(unseen, ' ').trim().slice(0, 200) : '') || senderUri
  return { uri, pattern, about, objectUri, senderUri, senderName }
}
