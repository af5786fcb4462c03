/**
 * Whether a password was stolen somewhere: asked of a service by the first five letters of its SHA-1, of which hundreds
 * of passwords are told back (k-anonymity, as Have I Been Pwned answers), so the service learns neither it nor whose it is.
 */
import { createHash } from 'node:crypto'
import { badSetting } from '#kernel/config.ts'
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'

const lettersTold = 5
const limits = { bytes: 1_000_000, timeMs: 3_000, redirects: 0 }

/** @throws Problem badSetting where it is no address that a path can be put after */
export function breachedAt(address: string): string {
  if (address === '') return ''
  const url = URL.parse(address)
  if (url && ['http:', 'https:'].includes(url.protocol) && address.endsWith('/')) return address
  throw badSetting('breachedPasswords', address)
}

/** How many passwords begin so there. @throws Problem fetchFailed */
async function toldBy(address: string, beginning: string, goOut: Outbound): Promise<string[]> {
  // Padding, so that the length of the response reveals nothing. The operator’s own copy may be on a private address.
  const headers = { 'add-padding': 'true' }
  const { status, body } = await goOut(`${address}${beginning}`, limits, { headers, mayBePrivate: true })
  if (status !== 200) throw new Problem('fetchFailed', { url: address, reason: String(status) })
  return Buffer.from(body).toString('latin1').split(/\r?\n/)
}

/** False too where the service gives no answer: the lists of the node still hold, and nobody is locked out by it. */
export async function isBreached(password: string, address: string, goOut: Outbound): Promise<boolean> {
  if (address === '') return false
  const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
  try {
    const lines = await toldBy(address, digest.slice(0, lettersTold), goOut)
    const rest = digest.slice(lettersTold)
    return lines.some((line) => line.slice(0, rest.length).toUpperCase() === rest && !/:0*$/.test(line))
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** Whether the service answers as it should. */
export const isAnswering = (address: string, goOut: Outbound): Promise<boolean> =>
  toldBy(address, '00000', goOut).then(
    (lines) => lines.some((line) => /^[0-9A-F]{35}:\d+$/i.test(line)),
    () => false,
  )
