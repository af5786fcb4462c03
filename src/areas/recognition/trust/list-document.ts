/** A trust list as a document that its publisher signs: a credential (W3C Verifiable Credentials 2.0) of the type TrustList. */
import { Type, type Static } from 'typebox'
import { violationsOf } from '#kernel/schema.ts'
import { lastDay } from '#kernel/days.ts'
import { typesOf } from '../verification/data-model.ts'
import { isObject, listOf, type Json } from '../verification/verification.ts'

const day = Type.String({ pattern: '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$' })
const mostEntries = 5_000

const Entry = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 300 }),
  identifier: Type.String({ minLength: 1, maxLength: 2_000 }),
  trustRole: Type.Optional(Type.String({ maxLength: 200 })),
  validFrom: Type.Optional(day),
  validUntil: Type.Optional(day),
})
const Subject = Type.Object({
  titles: Type.Record(Type.String({ maxLength: 35 }), Type.String({ minLength: 1, maxLength: 1_000 }), {
    minProperties: 1,
    maxProperties: 200,
  }),
  originalLanguage: Type.String({ maxLength: 35 }),
  vouchers: Type.Optional(Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: 200 })),
  countries: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 300 })),
  vouchedFor: Type.Array(Entry, { maxItems: mostEntries }),
})

/** What stands in a list. `validFrom` and `validUntil` are those of the whole. */
export const ListContent = Type.Object({
  ...Subject.properties,
  validFrom: Type.String(),
  validUntil: Type.Optional(Type.String()),
})
export type ListContent = Static<typeof ListContent>

type ListOf = { address: string; issuer: string; subject: string; list: ListContent }

/** The document without its proof. */
export function listDocument({ address, issuer, subject, list }: ListOf): Json {
  const { validFrom, validUntil, ...content } = list
  const until = validUntil && lastDay(validUntil)
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: address,
    type: ['VerifiableCredential', 'TrustList'],
    issuer,
    validFrom,
    ...(until && { validUntil: `${until}T23:59:59Z` }),
    credentialSubject: { id: subject, type: 'TrustList', ...content },
  }
}

/** What a verified document says; undefined where it is no trust list. */
export function contentOf(document: Json): ListContent | undefined {
  const subject = listOf(document.credentialSubject)[0]
  if (!typesOf(document).includes('TrustList') || !isObject(subject)) return undefined
  const known = Object.fromEntries(
    Object.keys(Subject.properties).flatMap((name) => (name in subject ? [[name, subject[name]]] : [])),
  )
  const entries = listOf(known.vouchedFor).map((one) =>
    isObject(one)
      ? Object.fromEntries(Object.keys(Entry.properties).flatMap((name) => (name in one ? [[name, one[name]]] : [])))
      : one,
  )
  const content = {
    ...known,
    vouchedFor: entries,
    validFrom: typeof document.validFrom === 'string' ? document.validFrom : '',
    ...(typeof document.validUntil === 'string' && { validUntil: document.validUntil.slice(0, 10) }),
  }
  return violationsOf(ListContent, content).length === 0 ? (content as unknown as ListContent) : undefined
}
