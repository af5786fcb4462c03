/** What a node says of itself to others, at `/.well-known/qingdao.json`. docs/federation.md says what each part means. */
import { Type, type Static } from 'typebox'
import { fromBase64, toBase64 } from '#codecs/tlog/base64.ts'
import { parseVerifier } from '#codecs/tlog/signed-note.ts'

export const manifestPath = '/.well-known/qingdao.json'

/** Of a node, as it says it itself: it becomes a link, so that nothing else may stand there. */
export const WebAddress = Type.String({ maxLength: 2_000, format: 'web-address' })

const Names = Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{2,35}$' }), Type.String({ maxLength: 10_000 }), {
  description: 'By language (BCP 47)',
})

/** A public key as JSON Web Key (RFC 8037 §2). */
export const Jwk = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  alg: Type.Literal('EdDSA'),
  use: Type.Literal('sig'),
  kid: Type.String({ maxLength: 200 }),
  x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
})
export type Jwk = Static<typeof Jwk>

const ManifestKey = Type.Object({
  verifier: Type.String({ maxLength: 400, description: 'The key, as notes write it: name+id+key' }),
  since: Type.String({ maxLength: 40 }),
  until: Type.Optional(Type.String({ maxLength: 40 })),
  handover: Type.Optional(Type.String({ maxLength: 4_000, description: 'A note by the key before and this one' })),
  revokedSince: Type.Optional(
    Type.String({ maxLength: 40, description: 'From when what it signed does not count: others may have it' }),
  ),
  revocation: Type.Optional(Type.String({ maxLength: 4_000, description: 'A note by a key after it that says so' })),
})

export const Manifest = Type.Object(
  {
    version: Type.Literal(1, { description: 'Of the exchange between nodes' }),
    node: Type.String({ minLength: 1, maxLength: 100, description: 'Identifier of the node, which it keeps for ever' }),
    address: WebAddress,
    software: Type.Object({ name: Type.String({ maxLength: 100 }), version: Type.String({ maxLength: 100 }) }),
    name: Names,
    operator: Type.Union([Names, Type.Null()]),
    legalBasis: Type.Union([Names, Type.Null()]),
    reviewPolicy: Type.Union([Names, Type.Null()]),
    languages: Type.Array(Type.String({ maxLength: 35 }), { maxItems: 100 }),
    contact: Type.Object({
      email: Type.Optional(Type.String({ maxLength: 254 })),
      url: Type.Optional(WebAddress),
    }),
    keys: Type.Array(ManifestKey, { maxItems: 100 }),
    jwks: Type.Object({ keys: Type.Array(Jwk, { maxItems: 100 }) }),
    log: Type.Union([
      Type.Object({ origin: Type.String({ maxLength: 200 }), checkpoint: Type.String({ maxLength: 4_000 }) }),
      Type.Null(),
    ]),
    records: Type.Integer({ minimum: 0, description: 'How many are published' }),
    journal: Type.Integer({ minimum: 0, description: 'The newest place that a pack can begin after' }),
    speaks: Type.Array(
      Type.Object({
        title: Type.String({ maxLength: 200 }),
        conformsTo: Type.String({ maxLength: 2_000 }),
        version: Type.String({ maxLength: 40 }),
        address: WebAddress,
      }),
      { maxItems: 100 },
    ),
  },
  { $id: 'Manifest' },
)
export type Manifest = Static<typeof Manifest>

/** The keys of the log, which also sign the records, as JSON Web Keys: the newest last. */
export const jwksOf = ({ keys }: { keys: readonly { verifier: string }[] }): { keys: Jwk[] } => ({
  keys: keys.map(({ verifier }) => {
    const { id, publicKey } = parseVerifier(verifier)
    return {
      kty: 'OKP',
      crv: 'Ed25519',
      alg: 'EdDSA',
      use: 'sig',
      kid: id,
      x: toBase64(publicKey).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    }
  }),
})

/** The bytes of a key that came as JSON Web Key; none where it is no key. */
export const keyIn = ({ x }: Pick<Jwk, 'x'>): Uint8Array | undefined => {
  const bytes = fromBase64(`${x.replaceAll('-', '+').replaceAll('_', '/')}=`)
  return bytes?.length === 32 ? bytes : undefined
}
