/** Asking another node: what it says of itself, and the records that changed there. */
import { Problem } from '#kernel/problem.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Outbound, OutboundLimits } from '#kernel/outbound.ts'
import { violationsOf } from '#kernel/schema.ts'
import { Manifest, manifestPath } from '../manifest.ts'
import { originOf, trustedKeys } from '#features/transparency/keys.ts'
import { parseVerifier } from '#codecs/tlog/signed-note.ts'

declare module '#kernel/context.ts' {
  interface Services {
    /** Nodes that are followed may be in private networks: the operator said so in the settings. */
    privateNodes: boolean
  }
}

export type Reach = { fetch: Outbound; services: { privateNodes: boolean } }

const manifestLimits = { bytes: 1024 * 1024, timeMs: 20_000, redirects: 2 }
const packLimits = { bytes: 64 * 1024 * 1024, timeMs: 120_000, redirects: 0 }
const fileLimits = { bytes: 100 * 1024 * 1024, timeMs: 120_000, redirects: 0 }

async function bytesAt({ fetch: goOut, services }: Reach, url: string, limits: OutboundLimits): Promise<Uint8Array> {
  const { status, body } = await goOut(url, limits, { mayBePrivate: services.privateNodes })
  if (status !== 200) throw new Problem('fetchFailed', { url, reason: String(status) })
  return body
}

/** The address of a site, from whatever of its pages was typed. @throws Problem notANode */
export function siteAddress(typed: string): string {
  const text = typed.trim()
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || url.username || url.password || url.hostname === '')
    throw new Problem('notANode', { url: text.slice(0, 200) })
  return url.origin
}

/** @throws Problem notANode, and those of going out: addressRefused, fetchFailed, tooLarge */
export async function fetchManifest(reach: Reach, address: string): Promise<Manifest> {
  const url = `${address}${manifestPath}`
  const text = new TextDecoder().decode(await bytesAt(reach, url, manifestLimits))
  let value: unknown
  try {
    value = parseJson(text, { bytes: manifestLimits.bytes, depth: 12 })
  } catch (cause) {
    throw new Problem('notANode', { url: address }, { cause })
  }
  if (violationsOf(Manifest, value, 'strictly').length > 0) throw new Problem('notANode', { url: address })
  const manifest = value as Manifest
  if (isWithoutKeys(manifest)) throw new Problem('notANode', { url: address })
  return manifest
}

/** Keys that do not follow from one another, or are of another node, are none. */
function isWithoutKeys({ node, keys }: Manifest): boolean {
  try {
    const newest = keys.at(-1)
    return (
      !newest || trustedKeys({ origin: originOf(node), keys }, parseVerifier(keys[0]!.verifier)).length !== keys.length
    )
  } catch {
    return true
  }
}

export const fetchPack = (
  reach: Reach,
  address: string,
  { after, kinds, here }: { after: number; kinds: readonly string[] | null; here: string },
): Promise<Uint8Array> => {
  const query = new URLSearchParams({ after: String(after), for: here, ...(kinds && { kinds: kinds.join(',') }) })
  return bytesAt(reach, `${address}/packs?${query}`, packLimits)
}

/** No more is read than the record says that the file has. */
export const fetchFile = (
  reach: Reach,
  address: string,
  { file, name, bytes }: { file: string; name: string; bytes: number },
): Promise<Uint8Array> =>
  bytesAt(reach, `${address}/files/${file}/${encodeURIComponent(name)}`, {
    ...fileLimits,
    bytes: Math.min(fileLimits.bytes, Math.max(1, bytes)),
  })
