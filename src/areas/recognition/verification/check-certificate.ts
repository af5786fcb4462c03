/** Who sealed a European Digital Credential: what its certificate says, beside what the credential says of its issuer. */
import type { X509Certificate } from 'node:crypto'
import type { SealedDocument } from '#codecs/vc-jwt/vc-jwt.ts'
import { chainOf, namedIn, type Named } from '#codecs/x509/certificates.ts'
import type { World } from './find-keys.ts'
import { failed, isObject, listOf, ok, textIn, unchecked, type Check, type Json } from './verification.ts'

/**
 * The checks `issuer` and `certificate`. The first passes only where the second does: anybody can make a certificate
 * that names whom they like.
 */
export async function checkCertificate(
  { certificate, further, signedAt, document }: SealedDocument,
  { now, authorities }: World,
): Promise<[issuer: Check, certificate: Check]> {
  const named = await namedIn(certificate)
  const at = new Date(signedAt ?? now)
  const chain = await chainOf(certificate, further, (await authorities?.()) ?? [], { now, signedAt: at })
  const until = dayOf(certificate)
  const told = { what: namesOf(named), ...(until && { until }) }
  const checked =
    chain.state === 'ok'
      ? ok('certificate', 'authority', { what: namesOf(await namedIn(chain.anchor)) })
      : chain.state === 'failed'
        ? failed('certificate', chain.code, told)
        : unchecked('certificate', chain.code, told)
  return [issuerBy(named, document, chain.state === 'ok'), checked]
}

/** Empty where it gives a time that is none: then it is in force at no time. */
const dayOf = ({ validToDate }: X509Certificate) =>
  Number.isNaN(validToDate.getTime()) ? '' : validToDate.toISOString().slice(0, 10)
const namesOf = ({ organisation, identifiers, name }: Named): string =>
  [organisation[0] ?? name[0] ?? '', identifiers[0]].filter(Boolean).join(', ')

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()
const shared = (some: readonly string[], others: readonly string[]) => some.some((one) => others.includes(one))

/** The European Learning Model 3 has identifiers of an organisation in these places. */
const identifierNames = ['eIDASIdentifier', 'registration', 'vatIdentifier', 'taxIdentifier', 'identifier']

function issuerBy(named: Named, { issuer }: Json, isTrusted: boolean): Check {
  const about = isObject(issuer) ? issuer : {}
  const notations = (name: string) =>
    listOf(about[name]).flatMap((one) => (isObject(one) ? (textIn(one.notation) ?? []) : []))
  const claimed = identifierNames.flatMap(notations).map(plain)
  const legalNames = listOf(about.legalName)
    .flatMap((one) => (isObject(one) ? Object.values(one).flat() : [one]))
    .flatMap((one) => textIn(one) ?? [])
  const values = {
    what: namesOf(named),
    name: [legalNames[0], notations('eIDASIdentifier')[0]].filter(Boolean).join(', '),
  }
  const identifiers = named.identifiers.map(plain)
  // Where both say by which identifier the organisation is known, names prove nothing.
  const isSame =
    identifiers.length > 0 && claimed.length > 0
      ? shared(identifiers, claimed)
      : shared([...named.organisation, ...named.name].map(plain), legalNames.map(plain))
  if (values.what === '') return unchecked('issuer', 'certificateUnnamed')
  if (claimed.length === 0 && legalNames.length === 0) return unchecked('issuer', 'certificate', values)
  if (!isSame) return failed('issuer', 'certificateOther', values)
  return isTrusted ? ok('issuer', 'certificateSame', values) : unchecked('issuer', 'certificateUnproven', values)
}
