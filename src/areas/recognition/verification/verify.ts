/** Verifies what somebody was given: the whole list of checks, whatever it is and wherever it fails. */
import { Problem } from '#kernel/problem.ts'
import { largestCarrier, readCarrier, type Carrier } from '#codecs/open-badges/read-carrier.ts'
import { isToken } from '#codecs/vc-jwt/vc-jwt.ts'
import { checkContext, checkProof, type Asked } from './check-proof.ts'
import { checkNewer } from './check-newer.ts'
import { checkStatus, type Proven } from './check-status.ts'
import { checkDates, checkForm, isPresentation } from './data-model.ts'
import { factsOf } from './facts.ts'
import type { World } from './find-keys.ts'
import { checkSchema } from './open-badges-form.ts'
import { credentialDigest } from '../register/digest.ts'
import { checkSecondVersion } from './open-badges-2.ts'
import { isPhotograph, textOfCode } from './qr-picture.ts'
import { readDocument, type Given } from './read-document.ts'
import { checkEndorsements, checkWithin } from './within.ts'
import {
  failed,
  idOf,
  isObject,
  listOf,
  ok,
  unchecked,
  verificationOf,
  type Check,
  type Json,
  type Verification,
} from './verification.ts'

/** A file as it lies on a disk or came with a form. */
export async function verifyFile(bytes: Uint8Array, world: World): Promise<Verification> {
  const carried = readCarrier(bytes)
  if ('text' in carried) return verifyCredential(carried.text, world, carried.carrier)
  const isWithoutOne = carried.fault === 'nothingInside' || carried.fault === 'notRead'
  if (!isWithoutOne || !isPhotograph(bytes))
    return unread(failed('wellFormed', carried.fault), world, carried.carrier ?? null)
  const code = await textOfCode(bytes)
  return code === undefined ? unread(failed('wellFormed', 'noCode'), world, null) : verifyCode(code.trim(), world)
}

const unread = (check: Check, world: World, carrier: Carrier | null): Verification =>
  verificationOf([check], { ...about(world), carrier, format: 'none', sha256: null, credential: null })

const longestAddress = 2_000

/** What a QR code holds: a credential, or the address of one. A page that leads on is not followed further. */
async function verifyCode(text: string, world: World): Promise<Verification> {
  if (text.startsWith('{') || isToken(text)) return verifyCredential(text, world, 'qr')
  const address = text.length <= longestAddress && /^https?:\/\//i.test(text) ? URL.parse(text)?.href : undefined
  if (address === undefined) return unread(failed('wellFormed', 'codeOther'), world, 'qr')
  const { fetch: goOut } = world
  if (!goOut) return unread(unchecked('wellFormed', 'codeOffline', { what: address }), world, 'qr')
  try {
    const accept = 'application/vc, application/vc+jwt, application/json, image/png, image/svg+xml, */*;q=0.1'
    const limits = { bytes: largestCarrier, timeMs: 10_000, redirects: 3 }
    const answer = await goOut(address, limits, { headers: { accept } })
    const carried = answer.status === 200 ? readCarrier(answer.body) : undefined
    if (carried && 'text' in carried) return await verifyCredential(carried.text, world, 'qr')
    return unread(failed('wellFormed', 'codeElsewhere', { what: address }), world, 'qr')
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return unread(unchecked('wellFormed', 'codeUnreached', { what: address }), world, 'qr')
  }
}

const about = (world: World) => ({ checkedAt: world.now.toISOString(), isOffline: world.fetch === undefined })

/** JSON as text or value, or a token. `depth`: in how many others it stands. */
export async function verifyCredential(
  given: string | Json,
  world: World,
  carrier: Carrier | null = null,
  depth = 0,
): Promise<Verification> {
  const read = readDocument(given)
  if (!('format' in read))
    return verificationOf([read], { ...about(world), carrier, format: 'none', sha256: null, credential: null })
  const checks = read.format === 'open-badges-2' ? await secondVersion(read, world) : await checksOf(read, world)
  const verifyInner = (one: string | Json) => verifyCredential(one, world, null, depth + 1)
  const inside = await checkWithin(read.document, depth, verifyInner)
  const endorsed = await checkEndorsements(read.document, depth, verifyInner)
  const told = {
    ...about(world),
    carrier: carrier ?? ('text' in read ? 'jwt' : 'json'),
    format: read.format,
    sha256: credentialDigest(
      'text' in read && read.text !== undefined
        ? read.text
        : read.format === 'jades'
          ? read.sealed.document
          : read.document,
    ),
  } as const
  return verificationOf([...checks, ...inside.checks, ...endorsed.checks], {
    ...told,
    within: [...inside.within, ...endorsed.within],
    credential: factsOf(read.document),
  })
}

async function secondVersion({ document, text }: Given & { format: 'open-badges-2' }, world: World): Promise<Check[]> {
  const { checks, issuer } = await checkSecondVersion(document, text, world)
  const identity = checks.find(({ name }) => name === 'issuer')
  if (issuer === undefined || !identity) return [...checks, unchecked('quality', 'none')]
  return [...checks, await checkTrust(issuer, identity, world), await checkQuality(document, issuer, identity, world)]
}

async function checksOf(read: Given, world: World): Promise<Check[]> {
  const { document } = read
  if (isPresentation(document)) return [failed('wellFormed', 'presentation')]
  const issuer = idOf(document.issuer)
  const asked: Asked = { purpose: 'assertionMethod', owner: issuer }
  const [proof, identity, ...further] = await checkProof(read, asked, world)
  return [
    checkForm(document),
    checkContext(document),
    proof,
    identity,
    ...further,
    await checkStatus(document, world, provenBy(world)),
    checkDates(document, world.now),
    checkSchema(document),
    ...(await checkNewer(document, world, provenBy(world))),
    await checkTrust(issuer, identity, world),
    await checkQuality(document, issuer, identity, world),
  ]
}

/** A status list is a credential too: its own proof and issuer are checked, and its own status is not. */
const provenBy =
  (world: World): Proven =>
  async (given) => {
    if (typeof given !== 'string' && !isObject(given)) return undefined
    const read = readDocument(given)
    if (!('format' in read) || read.format === 'open-badges-2') return undefined
    const owner = idOf(read.document.issuer)
    const [proof, issuer] = await checkProof(read, { purpose: 'assertionMethod', owner }, world)
    return { document: read.document, isProven: proof.state === 'ok' && issuer.state === 'ok' }
  }

/** Who is recognised is only asked of an issuer whose key it is: a name alone can be anybody’s. */
async function checkTrust(issuer: string | undefined, identity: Check, world: World): Promise<Check> {
  if (issuer === undefined || identity.state !== 'ok') return unchecked('trustList', 'issuerUnchecked')
  const known = await world.recognised?.(issuer)
  if (!known) return unchecked('trustList', 'none')
  return known.isListed ? ok('trustList', known.code, known.values) : unchecked('trustList', known.code, known.values)
}

/** Of the issuer, or of the achievement that it states: asked only once it is known whose statement it is. */
async function checkQuality(
  { credentialSubject }: Json,
  issuer: string | undefined,
  identity: Check,
  world: World,
): Promise<Check> {
  if (issuer === undefined || identity.state !== 'ok') return unchecked('quality', 'none')
  const achievements = listOf(credentialSubject).flatMap((one) => (isObject(one) ? listOf(one.achievement) : []))
  const identifiers = [issuer, ...achievements.flatMap((one) => idOf(one) ?? [])]
  const found = await world.quality?.(identifiers)
  if (!found) return unchecked('quality', 'none')
  return found.counts ? ok('quality', found.code, found.values) : unchecked('quality', found.code, found.values)
}

export type PresentationVerification = { presentation: Verification; credentials: Verification[] }
const mostCredentials = 20

/** A presentation: what its holder signed, and each credential in it (W3C Verifiable Credentials 2.0 §4.13). */
export async function verifyPresentation(
  given: string | Json,
  { challenge, domain }: { challenge?: string; domain?: string },
  world: World,
): Promise<PresentationVerification> {
  const told = { ...about(world), carrier: null, format: 'none' as const, sha256: null, credential: null }
  const read = readDocument(given)
  if (!('format' in read)) return { presentation: verificationOf([read], told), credentials: [] }
  const { document } = read
  if (!isPresentation(document))
    return { presentation: verificationOf([failed('wellFormed', 'notACredential')], told), credentials: [] }
  const inside = listOf(document.verifiableCredential)
  if (inside.length > mostCredentials)
    return {
      presentation: verificationOf([failed('wellFormed', 'tooLarge', { what: 'verifiableCredential' })], told),
      credentials: [],
    }
  const holder = idOf(document.holder)
  const asked: Asked = {
    purpose: 'authentication',
    owner: holder,
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
  }
  const [proof, identity] = await checkProof(read, asked, world)
  const credentials: Verification[] = []
  for (const one of inside)
    credentials.push(await verifyCredential(typeof one === 'string' || isObject(one) ? one : String(one), world))
  const dates = checkDates({}, world.now)
  const checks = [
    checkForm(document),
    checkContext(document),
    proof,
    holderCheck(identity, holder),
    ok('status', 'noneNamed'),
    dates,
  ]
  return { presentation: verificationOf(checks, { ...told, format: read.format }), credentials }
}

/** A presentation need not say who holds it; the key that signed then stands for itself. */
const holderCheck = (identity: Check, holder: string | undefined): Check =>
  holder === undefined && identity.code === 'noneNamed'
    ? ok('issuer', 'noHolder')
    : identity.code === 'notForStatements'
      ? ok('issuer', 'holder', { what: holder ?? '' })
      : identity
