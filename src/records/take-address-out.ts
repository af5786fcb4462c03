/** The address of somebody who leaves goes from what records say now. Their older versions stay as they were signed. */
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '#kernel/context.ts'
import { isLanguage } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { isAddress, withoutAddress } from '#kernel/personal-data.ts'
import type { Body } from './record.ts'
import { records } from './store.ts'
import { change } from './write.ts'

/** Records that were imported say what their source says. */
export async function takeAddressOfRecords(context: Context, email: string): Promise<void> {
  // The node does it: an identifier of theirs would say whose address it was.
  const ofNode: Context = { ...context, actor: { kind: 'system', id: 'people' } }
  for (const before of await records(context.db).writtenHereWith(email)) {
    const kind = context.services.kinds.get(before.kind)
    if (!kind || before.status !== 'published') continue
    const body = withoutAddressIn(before.body, email) as Body
    if (isDeepStrictEqual(body, before.body)) continue
    const language = before.body.originalLanguage
    const note = messagesIn(isLanguage(language) ? language : 'en')('record.addressTakenOut')
    await change(ofNode, kind, before, 'revise', { body, note })
  }
}

/** A field that is the address and nothing else goes with it. */
function withoutAddressIn(value: unknown, email: string): unknown {
  if (typeof value === 'string') return withoutAddress(value, email)
  const isIt = (one: unknown) => typeof one === 'string' && isAddress(one, email)
  if (Array.isArray(value)) return value.filter((one) => !isIt(one)).map((one) => withoutAddressIn(one, email))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isIt(inner))
      .map(([name, inner]) => [name, withoutAddressIn(inner, email)]),
  )
}
