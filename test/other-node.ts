/** Another node, as far as a test needs one that answers with its manifest and nothing else. */
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { formatVerifier, verifierOf } from '#codecs/tlog/signed-note.ts'
import { jwksOf, manifestPath, type Manifest } from '#features/federation/manifest.ts'
import type { KnownNode } from '#features/federation/store.ts'
import { originOf } from '#features/transparency/keys.ts'

export const otherAddress = 'https://other.example'
const verifier = formatVerifier(verifierOf({ name: originOf('other'), seed: new Uint8Array(32).fill(5) }))
const keys = [{ verifier, since: '2026-01-01T00:00:00.000Z' }]

export const otherManifest: Manifest = {
  version: 1,
  node: 'other',
  address: otherAddress,
  software: { name: 'Qingdao', version: 'test' },
  name: { en: 'Other node' },
  operator: { en: 'Ministry of Elsewhere' },
  legalBasis: null,
  reviewPolicy: null,
  languages: ['en'],
  contact: {},
  keys,
  jwks: jwksOf({ keys }),
  log: null,
  records: 0,
  journal: 0,
  speaks: [],
}

export const otherNode: Outbound = async (url) => {
  if (url !== `${otherAddress}${manifestPath}`)
    throw new Problem('fetchFailed', { url, reason: 'tests have no network' })
  return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(otherManifest)), url }
}

/** As a node is kept that is followed. */
export const knownNode = (more: Partial<KnownNode> = {}): KnownNode => ({
  id: 'other',
  address: otherAddress,
  name: otherManifest.name,
  keys,
  state: 'following',
  kinds: null,
  reviews: 'shown',
  withdraws: false,
  place: 0,
  lastRun: null,
  lastRunAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
})
