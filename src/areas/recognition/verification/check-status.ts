/** Whether the issuer has taken a credential back or suspended it (W3C Bitstring Status List 1.0 §3.2). */
import { Problem } from '#kernel/problem.ts'
import {
  decodeStatusList,
  readStatusEntry,
  statusAt,
  type StatusEntry,
} from '#codecs/bitstring-status-list/status-list.ts'
import { jsonAt, type World } from './find-keys.ts'
import { unreachedCode } from './bounded-fetch.ts'
import { daysOf, typesOf } from './data-model.ts'
import { failed, idOf, isObject, listOf, ok, textIn, unchecked, type Check, type Json } from './verification.ts'

const mostEntries = 4
const largestList = 4 * 1024 * 1024
/** Whether the proof of a status list is its issuer’s. */
export type Proven = (document: unknown) => Promise<{ document: Json; isProven: boolean } | undefined>

/** The check `status`: the worst of all entries. */
export async function checkStatus(document: Json, world: World, proven: Proven): Promise<Check> {
  const entries = listOf(document.credentialStatus)
  if (entries.length === 0) return ok('status', 'noneNamed')
  if (entries.length > mostEntries) return failed('status', 'malformed')
  const results: Check[] = []
  for (const entry of entries) results.push(await checkEntry(entry, idOf(document.issuer), world, proven))
  const worst = (state: Check['state']) => results.find((one) => one.state === state)
  return worst('failed') ?? worst('unchecked') ?? results[0]!
}

async function checkEntry(value: unknown, issuer: string | undefined, world: World, proven: Proven): Promise<Check> {
  const entry = readStatusEntry(value)
  if (entry === 'malformed') return failed('status', 'malformed')
  if (!entry) return unchecked('status', 'typeUnknown', { what: textIn((value as Json).type) ?? '' })
  const address = entry.statusListCredential
  const found = await listAt(address, world)
  if (typeof found === 'string') return unchecked('status', found, { what: address })
  const list = await proven(found.list)
  if (!list?.isProven) return unchecked('status', 'listUnproven', { what: address })
  // Anybody can sign a list with a key of their own: it counts only from the one who issued the credential.
  if (idOf(list.document.issuer) !== issuer)
    return unchecked('status', 'listOfOthers', { what: idOf(list.document.issuer) ?? address })
  return readEntry(entry, list.document, world)
}

async function listAt(
  address: string,
  world: World,
): Promise<{ list: unknown } | 'offline' | 'unreachable' | 'tooManyAddresses'> {
  const own = await world.ownStatusList?.(address)
  if (own !== undefined) return { list: own }
  if (!world.fetch) return 'offline'
  try {
    if (!address.startsWith('https://')) return 'unreachable'
    return { list: await textOrJson(world.fetch, address) }
  } catch (error) {
    if (error instanceof Problem) return unreachedCode(error)
    throw error
  }
}

/** A list may come as JSON or as a token. */
async function textOrJson(goOut: NonNullable<World['fetch']>, address: string): Promise<unknown> {
  const answer = await goOut(address, { bytes: largestList, timeMs: 10_000, redirects: 2 })
  if (answer.status !== 200) throw new Problem('fetchFailed', { url: address, reason: String(answer.status) })
  const text = Buffer.from(answer.body).toString('utf8').trim()
  return text.startsWith('{') ? jsonAt(async () => answer, address, largestList) : text
}

function readEntry(entry: StatusEntry, list: Json, { now }: World): Check {
  const subject = listOf(list.credentialSubject)[0]
  const isOfDraft = entry.type === 'StatusList2021Entry'
  const wanted = isOfDraft ? 'StatusList2021Credential' : 'BitstringStatusListCredential'
  const { until } = daysOf(list)
  if (!typesOf(list).includes(wanted) || !isObject(subject))
    return unchecked('status', 'listUnread', { what: entry.statusListCredential })
  if (until !== undefined && !(now.getTime() < Date.parse(until)))
    return unchecked('status', 'listOld', { what: entry.statusListCredential, until })
  if (!listOf(subject.statusPurpose).includes(entry.statusPurpose))
    return unchecked('status', 'listUnread', { what: entry.statusListCredential })
  const bits = decodeStatusList(subject.encodedList, isOfDraft)
  if (!bits) return unchecked('status', 'listUnread', { what: entry.statusListCredential })
  const value = statusAt(bits, entry.statusListIndex, entry.statusSize)
  if (value === undefined) return failed('status', 'beyondEnd', { what: String(entry.statusListIndex) })
  if (value === 0) return ok('status', 'ok')
  const reason = entry.messages.get(value)
  if (entry.statusPurpose === 'revocation') return failed('status', 'revoked')
  if (entry.statusPurpose === 'suspension') return failed('status', 'suspended')
  if (entry.statusPurpose === 'refresh') return ok('status', 'refresh')
  return unchecked('status', 'message', { what: reason ?? String(value) })
}
