/** A trust list of this node as others read it: signed with the key that signs its credentials. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem } from '#kernel/problem.ts'
import { signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { Id } from '#records/inputs.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import { linkedNames } from '#records/linked-names.ts'
import { records } from '#records/store.ts'
import { copiedFrom } from '#features/federation/copied-from.ts'
import { trustList } from '../decisions/trust-list.ts'
import { ownDid, signingKey } from '../issuing/keys.ts'
import { listDocument, type ListContent } from './list-document.ts'

const isTrustList = isOf(trustList)
export const signedListPath = (id: string): string => `/trust-lists/${id}/signed.json`

export const readSignedList = operation({
  name: 'signed-trust-lists.read',
  summary: 'Read a trust list of this node as a document that it signs, for others to import',
  http: 'GET /signed-trust-lists/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Type.String() }, { additionalProperties: true }),
  allow: permission('published.read'),
  run: async (context, { id }) => {
    const { db, services } = context
    const record = await records(db).find(id)
    // What another node vouches for is signed there, and not in its name here; a demonstration vouches for nobody.
    const isList = record?.status === 'published' && isTrustList(record) && !isDemonstration(record)
    if (!isList || (await copiedFrom(db, [id])).has(id)) throw new Problem('recordNotFound', { id })
    const body: BodyOf<typeof trustList> = record.body
    const { key, method } = await signingKey(context)
    const created = record.changedAt.replace(/\.\d+Z$/, 'Z')
    const vouchers = await linkedNames(db, trustList, [body])
    const list: ListContent = {
      titles: body.title,
      originalLanguage: body.originalLanguage,
      ...(vouchers.length > 0 && {
        vouchers: vouchers.map(({ title, originalLanguage }) => title[originalLanguage] ?? ''),
      }),
      ...(body.countries && { countries: body.countries }),
      vouchedFor: body.vouchedFor ?? [],
      validFrom: created,
      ...(body.validUntil && { validUntil: body.validUntil }),
    }
    const site = services.site.address
    const document = listDocument({
      address: `${site}${signedListPath(id)}`,
      issuer: ownDid(context),
      subject: `${site}/records/${id}`,
      list,
    })
    return signEddsaJcs(
      document as { id: string },
      { created, verificationMethod: method, proofPurpose: 'assertionMethod' },
      key,
    )
  },
})
