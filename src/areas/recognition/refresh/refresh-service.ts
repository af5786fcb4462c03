/** Where the holder of a credential gets its current version: `refreshService` (Open Badges 3.0 §B.7, 1EdTechCredentialRefresh). */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '#kernel/context.ts'
import { listOf, type Json } from '../verification/verification.ts'

const extensions = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
export const refreshType = '1EdTechCredentialRefresh'
export const refreshPath = '/credentials/refresh'

/** Who has the credential has the address; nobody else can make one, so nothing has to be kept for it. */
const markOf = (secret: Uint8Array, id: string) =>
  createHmac('sha256', secret).update(`refresh ${id}`).digest('base64url')

export const refreshAddress = (
  { services }: Pick<Context, 'services'>,
  secret: Uint8Array,
  credentialId: string,
): string => `${services.site.address}${refreshPath}/${credentialId}.${markOf(secret, credentialId)}`

/** The credential that such an address is of; undefined where it was made elsewhere. */
export function credentialOfAddress(secret: Uint8Array, token: string): string | undefined {
  const [id = '', mark = ''] = token.split('.')
  const [given, wanted] = [Buffer.from(mark), Buffer.from(markOf(secret, id))]
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? id : undefined
}

/** The same without the address: of a copy that says something else than the version there. */
export function withoutRefresh({ refreshService: _, ...rest }: Json): Json {
  return { ...rest, '@context': listOf(rest['@context']).filter((one) => one !== extensions) }
}

/** With the context that defines the type of the service. */
export const withRefresh = (credential: object, address: string): object => ({
  ...credential,
  '@context': [...(credential as { '@context': string[] })['@context'], extensions],
  refreshService: { id: address, type: refreshType },
})
