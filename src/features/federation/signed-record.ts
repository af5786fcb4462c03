/**
 * A record as its home node signs it: Data Integrity, `eddsa-jcs-2022`, with a digest of each part, so that who finds the
 * signature broken also learns what was changed. Nothing has to be fetched to verify one: the key stands in the proof as
 * `did:key`; whose key that is, the manifest of the node says.
 */
import { createHash, type KeyObject } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { isJcsSignature, signEddsaJcs, type Signed } from '#codecs/data-integrity/jcs-suites.ts'
import { multikeyOf, publicKeyOfMultikey } from '#codecs/data-integrity/multikey.ts'
import { isProof, unsecured, type Document } from '#codecs/data-integrity/proof.ts'
import { publicContent } from '#features/transparency/entry.ts'
import { languageTag, recordId } from '#records/fields.ts'
import { Origin, Status, Translation, type StoredRecord } from '#records/record.ts'

export const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' })
const Revision = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

/** One version of a record: all that is public of it. Of a withdrawn one, that it was withdrawn and why. */
const Content = Type.Object(
  {
    id: Type.String({ pattern: recordId }),
    kind: Type.String({ minLength: 1, maxLength: 100 }),
    status: Status,
    revision: Revision,
    sourceRevision: Revision,
    createdAt: Time,
    changedAt: Time,
    note: Type.Union([Type.String({ maxLength: 10_000 }), Type.Null()]),
    origin: Type.Optional(Type.Union([Origin, Type.Null()])),
    translations: Type.Optional(Type.Record(Type.String({ pattern: languageTag }), Translation)),
    body: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
)
export type Content = Static<typeof Content>

export const mostVersions = 50
const documentType = 'QingdaoRecord'

export const SignedRecord = Type.Object(
  {
    type: Type.Literal(documentType),
    node: Type.String({ minLength: 1, maxLength: 100, description: 'The node at which the record began' }),
    address: Type.String({ maxLength: 2_000, format: 'web-address', description: 'Its page there' }),
    record: Content,
    versions: Type.Array(Content, { maxItems: mostVersions, description: 'Earlier versions, the latest first' }),
    digests: Type.Record(Type.String({ maxLength: 300 }), Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }), {
      description: 'SHA-256 of the canonical JSON (RFC 8785) of each part, base64url',
    }),
    proof: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: false, $id: 'SignedRecord' },
)
export type SignedRecord = Static<typeof SignedRecord>
type Unsigned = Omit<SignedRecord, 'proof' | 'digests' | 'type'>

const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('base64url')

/** The parts of a document by name: each field of the body, each property of the record, each earlier version. */
function partsOf({ record, versions, ...rest }: Partial<Unsigned>): Map<string, unknown> {
  const { body, ...around } = (record ?? {}) as Partial<Content>
  return new Map<string, unknown>([
    ...Object.entries({ node: rest.node, address: rest.address }),
    ...Object.entries(around),
    ...Object.entries(body ?? {}).map(([name, value]): [string, unknown] => [`body.${name}`, value]),
    ...(versions ?? []).map((version): [string, unknown] => [`versions.${version.revision}`, version]),
  ])
}

const digestsOf = (unsigned: Partial<Unsigned>) =>
  Object.fromEntries(
    [...partsOf(unsigned)].flatMap(([name, value]) => (value === undefined ? [] : [[name, digestOf(value)]])),
  )

/** The same record is signed the same each time: the proof bears the time of the version. */
export function signRecord(
  {
    node,
    address,
    record,
    versions,
  }: { node: string; address: string; record: StoredRecord; versions: readonly StoredRecord[] },
  key: KeyObject,
  publicKey: KeyObject,
): SignedRecord {
  const isPublic = record.status === 'published'
  const earlier = versions
    .filter(({ revision, status }) => isPublic && revision < record.revision && status === 'published')
    .sort((one, other) => other.revision - one.revision)
  // As JSON has it: what is undefined is not there.
  const unsigned = JSON.parse(
    JSON.stringify({
      node,
      address,
      record: publicContent(record),
      versions: earlier.slice(0, mostVersions).map(publicContent),
    }),
  ) as Unsigned
  const multikey = multikeyOf(publicKey)
  return signEddsaJcs(
    { type: documentType, ...unsigned, digests: digestsOf(unsigned) },
    {
      created: record.changedAt,
      verificationMethod: `did:key:${multikey}#${multikey}`,
      proofPurpose: 'assertionMethod',
    },
    key,
  ) as unknown as Signed<Document> & SignedRecord
}

export type Judgement = {
  isSound: boolean
  /** Names of parts that are not what was signed; `digests` where these or the proof itself were changed. */
  changed: string[]
  /** The key that the proof names, as Multikey. */
  key: string | undefined
  created: string | undefined
}

/** Whether a document is what was signed, and if not, what was changed. By which node, is for the caller to know. */
export function judgeSigned(document: Pick<SignedRecord, 'digests' | 'proof'> & Partial<Unsigned>): Judgement {
  const { proof, digests } = document
  const now = digestsOf(document)
  const changed = [...new Set([...Object.keys(digests), ...Object.keys(now)])]
    .filter((name) => digests[name] !== now[name])
    .sort()
  const isKnown = isProof(proof) && proof.cryptosuite === 'eddsa-jcs-2022' && proof.proofPurpose === 'assertionMethod'
  const [, key, named] = isKnown ? (/^did:key:(z\w{1,100})#(z\w{1,100})$/.exec(proof.verificationMethod) ?? []) : []
  const publicKey = key !== undefined && key === named ? publicKeyOfMultikey(key) : undefined
  const isSigned = isKnown && publicKey !== undefined && isJcsSignature(unsecured(document), proof, publicKey)
  if (!isSigned && changed.length === 0) changed.push('digests')
  return {
    isSound: isSigned && changed.length === 0,
    changed,
    key: publicKey && key,
    created: isKnown ? proof.created : undefined,
  }
}
