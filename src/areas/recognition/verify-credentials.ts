/** Anybody verifies a credential or a presentation: by its text, its file or its address. */
import { Type, type Static } from 'typebox'
import type { Preparing } from '#kernel/operation.ts'
import { closed, preparedOperation } from '#kernel/operation.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { largestCarrier } from '#codecs/open-badges/read-carrier.ts'
import { Verification, type Json } from './verification/verification.ts'
import { worldOf } from './world.ts'
import { verifyCredential, verifyFile, verifyPresentation } from './verification/verify.ts'

const longestText = 1024 * 1024
const Credential = Type.Union([Type.String({ minLength: 1, maxLength: longestText }), Type.Object({})], {
  description: 'JSON, as a value or as text; or a token (JWT)',
})
const isOffline = Type.Boolean({ default: false, description: 'Ask nobody: keys and status elsewhere stay unchecked' })

const Input = Type.Object(
  {
    credential: Type.Optional(Credential),
    file: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: Math.ceil((largestCarrier * 4) / 3),
        pattern: '^[A-Za-z0-9+/=]+$',
        description:
          'A file as base64: JSON, PNG, SVG or PDF with a credential in it, or a picture (PNG, JPEG) of a QR code',
      }),
    ),
    address: Type.Optional(
      Type.String({
        maxLength: 2_000,
        pattern: '^https?://\\S+$',
        description: 'Where the credential, or a file with it, lies',
      }),
    ),
    isOffline,
  },
  closed,
)

export const verifyCredentialOperation = preparedOperation({
  name: 'credentials.verify',
  summary: 'Verify a credential: a list of checks, each with its result and reason',
  http: 'POST /credentials/verify',
  isOpen: true,
  counted: 'verifying',
  input: Input,
  output: Verification,
  allow: () => true,
  prepare: (context, input) => verifyGiven(context, input),
  run: async (_context, _input, told) => told,
})

async function verifyGiven(
  context: Preparing,
  { credential, file, address, isOffline: isAlone }: Static<typeof Input>,
) {
  const world = worldOf(context, isAlone)
  const given = [credential, file, address].filter((one) => one !== undefined)
  if (given.length !== 1) throw violation('credential', given.length === 0 ? 'nothingGiven' : 'onlyOne')
  if (file !== undefined) return verifyFile(Buffer.from(file, 'base64'), world)
  if (address !== undefined) return verifyFile(await fileAt(context, address), world)
  if (typeof credential === 'string') return verifyFile(Buffer.from(credential), world)
  return verifyCredential(credential as Json, world)
}

/** @throws Problem fetchFailed, addressRefused, tooLarge */
async function fileAt({ fetch: goOut }: Preparing, address: string): Promise<Uint8Array> {
  const accept = 'application/vc, application/vc+jwt, application/json, image/png, image/svg+xml, */*;q=0.1'
  const answer = await goOut(address, { bytes: largestCarrier, timeMs: 15_000, redirects: 3 }, { headers: { accept } })
  if (answer.status !== 200) throw new Problem('fetchFailed', { url: address, reason: String(answer.status) })
  return answer.body
}

export const verifyPresentationOperation = preparedOperation({
  name: 'presentations.verify',
  summary: 'Verify a presentation, and each credential in it',
  http: 'POST /presentations/verify',
  isOpen: true,
  counted: 'verifying',
  input: Type.Object(
    {
      presentation: Credential,
      challenge: Type.Optional(Type.String({ maxLength: 500, description: 'What the holder was asked to sign' })),
      domain: Type.Optional(Type.String({ maxLength: 500, description: 'Whom the holder was to show it' })),
      isOffline,
    },
    closed,
  ),
  output: Type.Object({ presentation: Verification, credentials: Type.Array(Verification) }),
  allow: () => true,
  prepare: (context, { presentation, challenge, domain, isOffline: isAlone }) =>
    verifyPresentation(
      presentation as string | Json,
      { ...(challenge !== undefined && { challenge }), ...(domain !== undefined && { domain }) },
      worldOf(context, isAlone),
    ),
  run: async (_context, _input, told) => told,
})
