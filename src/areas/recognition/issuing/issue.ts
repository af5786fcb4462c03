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

const Input = Type.Object(
  {
    credential: Type.Object(
      {},
      { additionalProperties: true, description: 'The credential without issuer, status and proof, which are added' },
    ),
    suite: Type.Enum([...suites], { default: 'eddsa-rdfc-2022' }),
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

/** A list and a place in it that says nothing of when or to whom it was given. */
async function freePlace({
  db,
  random,
}: Pick<Context, 'db' | 'random'>): Promise<{ listNumber: number; listIndex: number }> {
  const store = issuing(db)
  const last = await store.lastList()
  const listNumber = (await store.countIn(last)) < mostInList ? last : last + 1
  for (;;) {
    const listIndex = Buffer.from(random(4)).readUInt32BE() % smallestList
    if (!(await store.isTaken(listNumber, listIndex))) return { listNumber, listIndex }
  }
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

export async function issue(
  context: Context,
  { credential, suite }: Static<typeof Input>,
): Promise<Static<typeof Issued>> {
  const { db, now, random } = context
  const id = newId(random)
  const place = await freePlace(context)
  const document = await completed(context, credential, place)
  await expectKey(context)
  const { key, method } = await signingKey(context)
  const options = {
    created: now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    verificationMethod: method,
    proofPurpose: 'assertionMethod',
  }
  const signed =
    suite === 'jwt'
      ? await signToken(document, key, method)
      : suite === 'eddsa-jcs-2022'
        ? signEddsaJcs(document, options, key)
        : await signRdfc(document, options, key)
  const at = now().toISOString()
  const issuedBy = context.actor.kind === 'person' ? context.actor.id : ''
  const sha256 = credentialDigest(signed)
  await issuing(db).add({
    id,
    ...place,
    sha256,
    issuedBy,
    issuedAt: at,
    state: 'valid',
    reason: '',
    changedAt: at,
  })
  await noteCredentialEvents(context, 'issued', [sha256])
  await noteEvent(context, 'credential.issued', issuedBy, id)
  return { id, credential: signed }
}

/** With issuer, first day and status; of a form that verifies. @throws Problem invalid */
async function completed(
  context: Context,
  given: object,
  { listNumber, listIndex }: { listNumber: number; listIndex: number },
): Promise<Json> {
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
    credentialStatus: [entry('revocation', listNumber * 2 - 1), entry('suspension', listNumber * 2)],
  }
  // Without the terms of Open Badges a name of the issuer’s type would mean nothing.
  const whole: Json =
    isObject(issuer) || listOf(document['@context']).some((one) => String(one).includes('/ob/v3p0/'))
      ? document
      : { ...document, issuer: issuer ?? did }
  for (const check of [checkForm(whole), checkSchema(whole)])
    if (check.state === 'failed') throw violation(`credential.${check.values.what ?? ''}`, 'required')
  await expectCovered(whole)
  return whole
}

/** In every suite alike: a credential that means something else to others is not issued. */
async function expectCovered(document: Json): Promise<void> {
  try {
    await canonicalRdf(document)
  } catch (error) {
    if (!(error instanceof RdfRefused)) throw error
    throw violation('credential', 'notCovered', { what: 'what' in error.fault ? error.fault.what : error.fault.code })
  }
}
