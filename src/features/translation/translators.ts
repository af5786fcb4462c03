/** Trusted translators: whom curators let publish translations into a language at once, and accept those of others. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { NameOrAddress, personMeant } from '#accounts/find-people.ts'
import { people } from '#accounts/store.ts'
import { Done, done } from '#records/inputs.ts'
import { tell } from './notices.ts'
import { expectLanguage, personOf } from './rights.ts'
import { suggestions, translators } from './store.ts'

const Language = Type.String({ minLength: 1, maxLength: 35 })

export const Translator = Type.Object({
  account: Type.String(),
  name: Type.String(),
  language: Type.String(),
  at: Type.String(),
})
export type Translator = Static<typeof Translator>

export const listTranslators = operation({
  name: 'translators.list',
  summary: 'List the people whom curators trust with translations, by language',
  http: 'GET /translators',
  input: Type.Object({}, closed),
  output: Type.Object({ translators: Type.Array(Translator) }),
  allow: permission('translator.appoint'),
  run: async ({ db }) => {
    const all = await translators(db).all()
    const names = await people(db).byIds([...new Set(all.map(({ accountId }) => accountId))])
    return {
      translators: all.flatMap(({ accountId, language, at }) => {
        const account = names.get(accountId)
        return account?.state === 'active' ? [{ account: accountId, name: account.name, language, at }] : []
      }),
    }
  },
})

export const appointTranslator = operation({
  name: 'translators.appoint',
  summary:
    'Trust somebody with translations into a language: by their address, or by a translation that they suggested',
  http: 'POST /translators',
  input: Type.Object(
    {
      language: Language,
      email: Type.Optional(NameOrAddress),
      account: Type.Optional(Type.String({ maxLength: 16, description: 'Their account, as `accounts.find` tells it' })),
      suggestion: Type.Optional(Type.String({ maxLength: 16, description: 'A suggestion of theirs' })),
    },
    closed,
  ),
  output: Done,
  allow: permission('translator.appoint'),
  run: async (context, { language: tag, email, account: chosen, suggestion }) => {
    const { db, now } = context
    const language = expectLanguage(tag)
    const byId = suggestion === undefined ? undefined : (await suggestions(db).find(suggestion))?.byId
    const account = await personMeant(db, { account: byId ?? chosen, email })
    if ((await translators(db).languagesOf(account.id)).includes(language)) return done
    await translators(db).add({
      accountId: account.id,
      language,
      givenBy: personOf(context.actor),
      at: now().toISOString(),
    })
    await noteEvent(context, 'translator.appointed', account.id, language)
    await tell(context, [account.id], { about: 'translationTrusted', language, path: '/translations' })
    return done
  },
})

export const dismissTranslator = operation({
  name: 'translators.dismiss',
  summary: 'Trust somebody with translations into a language no longer',
  http: 'DELETE /translators/:account/:language',
  input: Type.Object({ account: Type.String({ maxLength: 16 }), language: Language }, closed),
  output: Done,
  allow: permission('translator.appoint'),
  run: async (context, { account, language }) => {
    if (!(await translators(context.db).drop(account, language))) throw noSuch('translator', account)
    await noteEvent(context, 'translator.dismissed', account, language)
    await tell(context, [account], { about: 'translationUntrusted', language, path: '/translations' })
    return done
  },
})
