/** What verifying may ask of the world, for this node. */
import type { Preparing } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { qualityBehind, vouchedBy } from './decisions/vouching.ts'
import { ownDid, ownKeys } from './issuing/keys.ts'
import { signedList } from './issuing/status.ts'
import { currentCredential } from './refresh/current.ts'
import { refreshPath } from './refresh/refresh-service.ts'
import { bounded } from './verification/bounded-fetch.ts'
import type { World } from './verification/find-keys.ts'

const dayOf = ({ now }: Preparing): string => now().toISOString().slice(0, 10)

export const worldOf = (context: Preparing, isAlone: boolean): World => ({
  now: context.now(),
  ...(!isAlone && { fetch: bounded(context.fetch, context.now) }),
  ownKeys: (did) => ownKeys(context, did),
  ownStatusList: async (address) => {
    const number = Number(
      new RegExp(`^${RegExp.escape(context.services.site.address)}/status/(\\d{1,7})$`).exec(address)?.[1],
    )
    return Number.isNaN(number) ? undefined : signedList(context, number).catch(noneOf)
  },
  ownCurrent: async (address) => {
    const start = `${context.services.site.address}${refreshPath}/`
    if (!address.startsWith(start)) return undefined
    return currentCredential(context, address.slice(start.length)).catch((error: unknown) => {
      if (error instanceof Problem) return null
      throw error
    })
  },
  authorities: context.services.certificateAuthorities,
  recognised: async (issuer) =>
    issuer === ownDid(context)
      ? { code: 'ownNode', values: {}, isListed: true }
      : vouchedBy(context.db, issuer, dayOf(context)),
  quality: (identifiers) => qualityBehind(context.db, identifiers, dayOf(context)),
})

/** A list that this node does not have is asked of nobody else. */
function noneOf(error: unknown): object {
  if (error instanceof Problem) return {}
  throw error
}
