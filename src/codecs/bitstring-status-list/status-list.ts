/** Lists of the status of many credentials, a few bits each (W3C Bitstring Status List 1.0). */
import { gunzipSync, gzipSync } from 'node:zlib'
import { fromBase64Url } from '#codecs/data-integrity/multibase.ts'

/** A list of so many hides which entry is asked for (§6.1). */
export const smallestList = 131_072
/** 16 MB: a hundred times the usual list. A bomb is cut off here (§7). */
const mostBytes = 16 * 1024 * 1024
const longestEncoded = 4 * 1024 * 1024
const largestStatus = 8

export type StatusList = { bits: Uint8Array }

export const newStatusList = (entries = smallestList): StatusList => ({ bits: new Uint8Array(Math.ceil(entries / 8)) })

/** The first index is the leftmost bit (§3.2). */
export function isSet({ bits }: StatusList, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0
}

export function setBit({ bits }: StatusList, index: number, isOn: boolean): void {
  const mask = 0x80 >> (index & 7)
  if (isOn) bits[index >> 3]! |= mask
  else bits[index >> 3]! &= ~mask
}

/** The value of an entry of `size` bits; undefined where it is beyond the end of the list. */
export function statusAt(list: StatusList, index: number, size = 1): number | undefined {
  const from = index * size
  if (!Number.isSafeInteger(from) || index < 0 || size < 1 || size > largestStatus) return undefined
  if (from + size > list.bits.length * 8) return undefined
  let value = 0
  for (let at = from; at < from + size; at++) value = value * 2 + (isSet(list, at) ? 1 : 0)
  return value
}

/** GZIP (RFC 1952), then base64url as multibase (§3.3). */
export const encodeStatusList = ({ bits }: StatusList): string => `u${gzipSync(bits).toString('base64url')}`

/**
 * Undefined where it is no such list, shorter than allowed, or larger than anybody needs. Lists of the draft of 2021 have no
 * `u` in front.
 */
export function decodeStatusList(encoded: unknown, isOfDraft = false): StatusList | undefined {
  if (typeof encoded !== 'string' || encoded.length > longestEncoded) return undefined
  if (!isOfDraft && !encoded.startsWith('u')) return undefined
  const packed = fromBase64Url(isOfDraft ? encoded.replace(/^u/, '').replace(/=+$/, '') : encoded.slice(1))
  if (!packed) return undefined
  try {
    const bits = gunzipSync(packed, { maxOutputLength: mostBytes })
    return bits.length * 8 >= smallestList ? { bits } : undefined
  } catch {
    return undefined
  }
}

export type StatusEntry = {
  type: 'BitstringStatusListEntry' | 'StatusList2021Entry'
  statusPurpose: string
  statusListIndex: number
  statusListCredential: string
  statusSize: number
  /** The words for values, where the purpose is `message`. */
  messages: ReadonlyMap<number, string>
}

const types = ['BitstringStatusListEntry', 'StatusList2021Entry'] as const

/** Undefined where the entry is of another type; `'malformed'` where something of it is missing or wrong (§2.1). */
export function readStatusEntry(value: unknown): StatusEntry | 'malformed' | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'malformed'
  const entry = value as Record<string, unknown>
  const type = types.find((one) => one === entry.type)
  if (!type) return typeof entry.type === 'string' ? undefined : 'malformed'
  const { statusPurpose, statusListCredential, statusSize = 1 } = entry
  // §2.1 says a string; published examples have numbers too.
  const index = /^\d{1,10}$/.test(String(entry.statusListIndex)) ? Number(entry.statusListIndex) : undefined
  const isSound =
    typeof statusPurpose === 'string' &&
    typeof statusListCredential === 'string' &&
    index !== undefined &&
    Number.isInteger(statusSize) &&
    (statusSize as number) >= 1 &&
    (statusSize as number) <= largestStatus
  if (!isSound) return 'malformed'
  const messages = new Map(
    (Array.isArray(entry.statusMessage) ? entry.statusMessage : []).flatMap((one: unknown) => {
      const { status, message } = (one ?? {}) as { status?: unknown; message?: unknown }
      return typeof message === 'string' ? [[Number(status), message.slice(0, 500)] as const] : []
    }),
  )
  return {
    type,
    statusPurpose,
    statusListIndex: index,
    statusListCredential,
    statusSize: statusSize as number,
    messages,
  }
}
