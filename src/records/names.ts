/**
 * What a record is called outside: DOI, ISBN, ROR, an address, any other identifier.
 * Different ways of writing one name have one key, so that each leads to the record.
 */
import type { Kind } from './kind.ts'
import { recordId } from './fields.ts'
import { idOf } from './identifier.ts'
import { fieldsOf } from './field-plan.ts'
import type { StoredRecord } from './record.ts'

const longestName = 500
const mostNames = 200

const doi = /^(?:(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\/|doi:?\s{0,3})?(10\.\d{4,9}\/\S{1,300})$/i
const ror = /^(?:(?:https?:\/\/)?ror\.org\/|ror:?\s{0,3})?(0[a-hj-km-np-tv-z0-9]{6}\d{2})$/i
const isbn = /^(?:urn:)?(?:isbn(?:-?1[03])?:?\s{0,3})?((?:97[89][\s-]?)?[\dX](?:[\s-]?[\dX]){8}[\dX\s-]{0,4})$/i
const address = /^(?:https?:\/\/)?(?:www\.)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?::\d{1,5})?)(?:[/?#]\S*)?$/i
const anyAddress = /^https?:\/\/(?:www\.)?([^\s/?#]{1,255})/i
/** What writers put around a name, and what campaigns add to an address. */
const wrapping = /^[(<[«“"']{1,3}|[)>\]»”"'.,;]{1,3}$/g
const campaign = /^utm_/
const ownAddress = new RegExp(`/records/(${recordId.slice(1, -1)})(?:[./?#]|$)`)
const ownId = new RegExp(recordId)

/** The one spelling of a name, or null where it can be none. ISBN-10 becomes ISBN-13. */
export function nameOf(typed: string): string | null {
  const name = typed.normalize('NFKC').trim().replaceAll(wrapping, '')
  if (name.length < 3 || name.length > longestName) return null
  const byDoi = doi.exec(name)?.[1]
  if (byDoi) return `doi:${byDoi.toLowerCase()}`
  const byIsbn = isbn13(isbn.exec(name)?.[1])
  if (byIsbn) return `isbn:${byIsbn}`
  const byRor = ror.exec(name)?.[1]
  if (byRor) return `ror:${byRor.toLowerCase()}`
  const host = (address.exec(name) ?? anyAddress.exec(name))?.[1]
  if (host) return addressOf(host, name)
  // One piece with a digit in it may be somebody's number; words are for search.
  return /^\S*\d\S*$/.test(name) ? name.toLowerCase() : null
}

/** An address without its scheme, `www.`, the slash at its end and what campaigns add; its fragment tells it from others. */
function addressOf(host: string, name: string): string {
  const at = name.toLowerCase().indexOf(host.toLowerCase()) + host.length
  const [rest = '', fragment] = name.slice(at).split('#', 2)
  const [path = '', query] = rest.split('?', 2)
  const kept = [...new URLSearchParams(query)].filter(([key]) => !campaign.test(key))
  const asked = kept.length > 0 ? `?${new URLSearchParams(kept)}` : ''
  return `${host.toLowerCase()}${path.replace(/\/+$/, '')}${asked}${fragment ? `#${fragment}` : ''}`
}

function isbn13(typed: string | undefined): string | null {
  const digits = typed?.replaceAll(/[\s-]/g, '').toUpperCase() ?? ''
  if (/^\d{13}$/.test(digits)) return checkDigit13(digits) === digits[12] ? digits : null
  if (!/^\d{9}[\dX]$/.test(digits) || checkDigit10(digits) !== digits[9]) return null
  return `978${digits.slice(0, 9)}${checkDigit13(`978${digits}`)}`
}

/** ISO 2108: weights 1 and 3 by turns, to a multiple of ten. */
function checkDigit13(digits: string): string {
  const sum = Array.from(digits.slice(0, 12), Number).reduce((all, digit, i) => all + digit * (i % 2 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

function checkDigit10(digits: string): string {
  const sum = Array.from(digits.slice(0, 9), Number).reduce((all, digit, i) => all + digit * (10 - i), 0)
  const rest = (11 - (sum % 11)) % 11
  return rest === 10 ? 'X' : String(rest)
}

/** The identifier of a record of this node that was typed as such or as its address. */
export const ownIdIn = (typed: string): string | null => {
  const text = typed.trim()
  if (ownId.test(text.toLowerCase())) return text.toLowerCase()
  return text.length <= longestName ? (ownAddress.exec(text)?.[1] ?? null) : null
}

/** Keys of a fixed length, whatever the name. */
export const keyOf = (name: string): string => idOf(`name:${name}`)

/** The keys of all names of a record: its identifiers, its own addresses, and what it is called at its source. */
export function keysOf(kind: Kind, { origin, body }: Pick<StoredRecord, 'origin' | 'body'>): string[] {
  const given = fieldsOf(kind).flatMap(({ field, valuesIn }) =>
    field.type === 'identifier' || (field.type === 'url' && field.property) ? (valuesIn(body) as string[]) : [],
  )
  const names = [...given, origin?.identifier, origin?.url].flatMap((name) => (name && nameOf(name)) || [])
  return [...new Set(names)].slice(0, mostNames).map(keyOf)
}
