/**
 * Stopping e-mails by the secret that stands in each of them, without signing in (RFC 8058). A secret stops e-mails and
 * does nothing else; it never undoes what its owner chose after the e-mail was written.
 */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { digestOfSecret, isSecret } from '#accounts/secret.ts'
import { recordId } from '#records/fields.ts'
import { Done, done } from '#records/inputs.ts'
import { titlesOf } from './list.ts'
import { subscriptionStore } from './store.ts'
import type { SubscriptionLetterRow } from './tables.ts'
import { shapeOf, Subscription } from './subscribe.ts'
import type { Context } from '#kernel/context.ts'

const Secret = Type.String({ maxLength: 100 })
const Id = Type.Optional(Type.String({ pattern: recordId, description: 'Only this; all where absent' }))

/** @throws Problem linkUsed, for an old e-mail as for one that never was */
async function letterBy(db: Context['db'], secret: string): Promise<SubscriptionLetterRow> {
  const letter = isSecret(secret) ? await subscriptionStore(db).letter(digestOfSecret(secret)) : undefined
  if (!letter) throw new Problem('linkUsed')
  return letter
}

export const readLetter = operation({
  name: 'subscriptions.letter',
  summary: 'Read what a letter can stop, by its secret',
  http: 'GET /subscriptions/letters/:secret',
  isForPages: true,
  input: Type.Object({ secret: Secret, watch: Id }, closed),
  output: Type.Object({
    watch: Type.Union([Subscription, Type.Null()]),
    title: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]),
    originalLanguage: Type.String(),
  }),
  allow: () => true,
  run: async ({ db }, { secret, watch }) => {
    const { accountId } = await letterBy(db, secret)
    const row = watch ? await subscriptionStore(db).find(accountId, watch) : undefined
    const titleOf = await titlesOf(db, row ? [row] : [])
    return { watch: row ? shapeOf(row) : null, ...titleOf(row?.recordId ?? null) }
  },
})

export const quietByLetter = operation({
  name: 'subscriptions.quiet',
  summary: 'Stop letters about one thing or all, by the secret of a letter',
  http: 'POST /subscriptions/letters/:secret',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ secret: Secret, watch: Id }, closed),
  output: Done,
  allow: () => true,
  run: async ({ db, now }, { secret, watch }) => {
    const { accountId, createdAt } = await letterBy(db, secret)
    await subscriptionStore(db).quiet(accountId, { id: watch, before: createdAt, at: now().toISOString() })
    return done
  },
})
