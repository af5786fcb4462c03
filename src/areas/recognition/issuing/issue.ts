/** Issuing a credential on behalf of this node. What stands in it is signed and handed out, and not kept. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { violation } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { smallestList } from '#codecs/bitstring-status-list/status-list.ts'
import { canonicalRdf, RdfRefused } from '#codecs/data-integrity/canonical-rdf.ts'
import { signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { signRdfc } from '#codecs/data-integrity/rdfc-suites.ts'
import { signToken } from '#codecs/vc-jwt/vc-jwt.ts'
import { newId } from '#records/identifier.ts'
import { credentialDigest } from '../register/digest.ts'
import { noteCredentialEvents } from '../register/register.ts'
import { checkForm } from '../verification/data-model.ts'
import { checkSchema } from '../verification/open-badges-form.ts'
import { idOf, isObject, listOf, type Json } from '../verification/verification.ts'
import { expectKey, ownDid, signingKey } from './keys.ts'
import { issuing } from './store.ts'

export const suites = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'jwt'] as const
export type Suite = (typeof suites)[number]

/** Open Badges 3.0 allows one status, Verifiable Credentials 2.0 several. */
export const canBeSuspended = Type.Boolean({
  default: false,
  description:
    'Not only revoked: it gets a second status for that, with which Open Badges 3.0 and Comprehensive Learner Record 2.0 do not allow it',
})

const Input = Type.Object(
  {
    credential: Type.Object(
      {},
      { additionalProperties: true, description: 'The credential without issuer, status and proof, which are added' },
    ),
    suite: Type.Enum([...suites], { default: 'eddsa-rdfc-2022' }),
    canBeSuspended,
  },
  closed,
)
export const Issued = Type.Object({
  id: Type.String({ description: 'By which its status is changed' }),
  credential: Type.Union([Type.Object({}, { additionalProperties: true }), Type.String()], {
    description: 'Signed; it is not kept here, so keep it',
  }),
})

/** Half of a list at most: a free place is then found at once. */
const mostInList = smallestList / 2

export type Place = { listNumber: number; listIndex: number }

/** A list and places in it that say nothing of when or to whom they were given; all different. */
export async function freePlaces({ db, random }: Pick<Context, 'db' | 'random'>, count: number): Promise<Place[]> {
  const store = issuing(db)
  const last = await store.lastList()
  const listNumber = (await store.countIn(last)) + count <= mostInList ? last : last + 1
  const places = new Set<number>()
  while (places.size < count) {
    const bytes = Buffer.from(random(4 * (count - places.size)))
    const drawn = new Set<number>()
    for (let at = 0; at < bytes.length; at += 4) drawn.add(bytes.readUInt32BE(at) % smallestList)
    const taken = await store.taken(listNumber, [...drawn])
    for (const one of drawn) if (!taken.has(one)) places.add(one)
  }
  return [...places].map((listIndex) => ({ listNumber, listIndex }))
}

/** Each list has two addresses: an odd one for what was revoked, an even one for what is suspended. */
export const statusAddress = ({ services }: Pick<Context, 'services'>, number: number): string =>
  `${services.site.address}/status/${number}`

export const issueCredential = operation({
  name: 'credentials.issue',
  summary: 'Sign a credential on behalf of this node, with a place in its status list',
  http: 'POST /credentials',
  input: Input,
  output: Issued,
  allow: permission('record.publish'),
  makes: ({ id }) => `/credentials/${id}/status`,
  run: issue,
})

type Issuing = Omit<Static<typeof Input>, 'canBeSuspended'> & { canBeSuspended?: boolean }

export async function issue(
  context: Context,
  { credential, suite, canBeSuspended: suspends = false }: Issuing,
): Promise<Static<typeof Issued>> {
  const { db, now, random } = context
  const id = newId(random)
  const [place] = await freePlaces(context, 1)
  const document = completed(context, credential, place!, suspends)
  await expectCovered(document)
  await expectKey(context)
  const sign = await signerOf(context, suite)
  const signed = await sign(document)
  const at = now().toISOString()
  const issuedBy = context.actor.kind === 'person' ? context.actor.id : ''
  const sha256 = credentialDigest(signed)
  await issuing(db).add({
    id,
    ...place!,
    sha256,
    issuedBy,
    issuedAt: at,
    state: 'valid',
    reason: '',
    changedAt: at,
    canBeSuspended: suspends ? 1 : 0,
  })
  await noteCredentialEvents(context, 'issued', [sha256])
  await noteEvent(context, 'credential.issued', issuedBy, id)
  return { id, credential: signed }
}

type Signing = Pick<Context, 'db' | 'services' | 'now'>
export type Signed = object | string

/** What signs with the key of now, in a suite. @throws Problem unavailable where there is no key */
export async function signerOf(context: Signing, suite: Suite): Promise<(document: Json) => Promise<Signed>> {
  const { key, method } = await signingKey(context)
  const created = context
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
  const options = { created, verificationMethod: method, proofPurpose: 'assertionMethod' }
  return async (document) =>
    suite === 'jwt'
      ? signToken(document, key, method)
      : suite === 'eddsa-jcs-2022'
        ? signEddsaJcs(document, options, key)
        : signRdfc(document, options, key)
}

/** With issuer, first day and status; of a form that verifies. @throws Problem invalid */
export function completed(
  context: Pick<Context, 'services' | 'now'>,
  given: object,
  { listNumber, listIndex }: Place,
  canSuspend: boolean,
): Json {
  const { issuer, proof, credentialStatus, ...rest } = given as Record<string, unknown>
  const did = ownDid(context)
  if (proof !== undefined) throw violation('credential.proof', 'issuedAlready')
  if (issuer !== undefined && idOf(issuer) !== did) throw violation('credential.issuer', 'notOurs', { did })
  if (credentialStatus !== undefined) throw violation('credential.credentialStatus', 'issuedAlready')
  const isSecond = listOf(rest['@context'])[0] === 'https://www.w3.org/ns/credentials/v2'
  if (!isSecond) throw violation('credential.@context', 'contextFirst')
  const entry = (statusPurpose: string, number: number) => ({
    id: `${statusAddress(context, number)}#${listIndex}`,
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: String(listIndex),
    statusListCredential: statusAddress(context, number),
  })
  const document: Json = {
    ...rest,
    issuer: isObject(issuer) ? issuer : { id: did, type: ['Profile'], name: context.services.site.name },
    validFrom:
      rest.validFrom ??
      context
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
    credentialStatus: canSuspend
      ? [entry('revocation', listNumber * 2 - 1), entry('suspension', listNumber * 2)]
      : entry('revocation', listNumber * 2 - 1),
  }
  // Without the terms of Open Badges a name of the issuer’s type would mean nothing.
  const whole: Json =
    isObject(issuer) || listOf(document['@context']).some((one) => String(one).includes('/ob/v3p0/'))
      ? document
      : { ...document, issuer: issuer ?? did }
  for (const check of [checkForm(whole), checkSchema(whole)])
    if (check.state === 'failed') throw violation(`credential.${check.values.what ?? ''}`, 'required')
  return whole
}

/** In every suite alike: a credential that means something else to others is not issued. */
export async function expectCovered(document: Json): Promise<void> {
  try {
    await canonicalRdf(document)
  } catch (error) {
    if (!(error instanceof RdfRefused)) throw error
    throw violation('credential', 'notCovered', { what: 'what' in error.fault ? error.fault.what : error.fault.code })
  }
}
