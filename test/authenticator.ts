/** An authenticator as software, for one passkey: P-256, attestation “none” (WebAuthn Level 3 §6). */
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url')

type Cbor = number | string | Buffer | Map<number | string, Cbor>
/** As much of CBOR (RFC 8949) as attestations need. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

export type Quirks = { origin?: string; rpId?: string; isVerified?: boolean; counter?: number; type?: string }
type Options = { challenge: string; user?: { id: string } }

export function authenticator({ origin = 'http://localhost:8080', rpId = 'localhost' } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(20)
  let userHandle = ''
  let counter = 0

  const clientData = (type: string, challenge: string, quirks: Quirks) =>
    JSON.stringify({ type: quirks.type ?? type, challenge, origin: quirks.origin ?? origin, crossOrigin: false })
  const head = (flags: number, quirks: Quirks) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(quirks.counter ?? ++counter)
    const verified = quirks.isVerified === false ? 0 : 0x04
    return Buffer.concat([sha256(quirks.rpId ?? rpId), Buffer.from([0x01 | verified | flags]), count])
  }
  const credential = (response: object) =>
    JSON.stringify({
      id: base64url(id),
      rawId: base64url(id),
      type: 'public-key',
      response,
      clientExtensionResults: {},
    })

  return {
    id: base64url(id),
    create({ challenge, user }: Options, quirks: Quirks = {}): string {
      userHandle = user!.id
      const { x, y } = publicKey.export({ format: 'jwk' })
      const key = cbor(
        new Map<number, Cbor>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x!, 'base64url')],
          [-3, Buffer.from(y!, 'base64url')],
        ]),
      )
      const authData = Buffer.concat([head(0x40, quirks), Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const attestation = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      return credential({
        clientDataJSON: base64url(clientData('webauthn.create', challenge, quirks)),
        attestationObject: base64url(cbor(attestation)),
        transports: ['internal'],
      })
    },
    get({ challenge }: Options, quirks: Quirks = {}): string {
      const client = clientData('webauthn.get', challenge, quirks)
      const authData = head(0, quirks)
      const signature = createSign('sha256')
        .update(Buffer.concat([authData, sha256(client)]))
        .sign(privateKey)
      return credential({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle,
      })
    },
  }
}
