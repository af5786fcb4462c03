/** Taking along all that the node knows of oneself. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { isPerson, ownAccount } from '#accounts/account.ts'

export const exportAccount = operation({
  name: 'accounts.export',
  summary: 'Download all that this node keeps about you',
  http: 'GET /account/export',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({}, { additionalProperties: true }),
  allow: isPerson,
  run: async (context) => {
    const { id, name } = await ownAccount(context)
    const all: Record<string, unknown> = {}
    for (const { personalData } of context.services.features)
      Object.assign(all, await personalData?.exportOf?.(context, { id, name }))
    return all
  },
})
