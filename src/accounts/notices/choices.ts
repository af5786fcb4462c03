/** How often somebody is told, by topic; and stopping it by the secret of an e-mail, without signing in (RFC 8058). */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { Done, done } from '#records/inputs.ts'
import { digestOfSecret, isSecret } from '../secret.ts'
import { personIn } from '../sessions.ts'
import { notices } from './store.ts'
import { frequencies, topics, type StopRow } from './tables.ts'

const Often = Type.Enum([...frequencies])
const Choices = Type.Object(
  {
    own: Type.Enum([...frequencies], { description: 'What concerns one’s own drafts, records and reviews' }),
    queue: Type.Enum([...frequencies], { description: 'What waits for any reviewer or curator' }),
  },
  closed,
)
const isPerson = ({ kind }: Context['actor']) => kind === 'person'

export const readChoices = operation({
  name: 'notices.choices',
  summary: 'Tell how often one gets e-mails of what happens, by topic',
  http: 'GET /account/notices',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Choices,
  allow: isPerson,
  run: (context) => notices(context.db).choices(personIn(context)),
})

export const changeChoices = operation({
  name: 'notices.choose',
  summary: 'Say how often one gets e-mails of what happens, by topic',
  http: 'PUT /account/notices',
  isForPages: true,
  input: Type.Object({ own: Type.Optional(Often), queue: Type.Optional(Often) }, closed),
  output: Done,
  allow: isPerson,
  run: async (context, chosen) => {
    for (const topic of topics) {
      const frequency = chosen[topic]
      if (frequency) await notices(context.db).choose(personIn(context), topic, frequency, context.now().toISOString())
    }
    return done
  },
})

const Secret = Type.String({ maxLength: 100 })

/** @throws Problem linkUsed, for an old e-mail as for one that never was */
async function stopBy(db: Context['db'], secret: string): Promise<StopRow> {
  const found = isSecret(secret) ? await notices(db).stop(digestOfSecret(secret)) : undefined
  if (!found) throw new Problem('linkUsed')
  return found
}

export const readStop = operation({
  name: 'notices.stopping',
  summary: 'Read which e-mails the secret of an e-mail stops; empty: all',
  http: 'GET /notices/stops/:secret',
  isForPages: true,
  input: Type.Object({ secret: Secret }, closed),
  output: Type.Object({ topic: Type.Enum(['', ...topics]) }),
  allow: () => true,
  run: async ({ db }, { secret }) => ({ topic: (await stopBy(db, secret)).topic }),
})

export const stopNotices = operation({
  name: 'notices.stop',
  summary: 'Stop e-mails of a topic by the secret of one; what was chosen since stays',
  http: 'POST /notices/stops/:secret',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ secret: Secret }, closed),
  output: Done,
  allow: () => true,
  run: async ({ db, now }, { secret }) => {
    const { accountId, topic, createdAt } = await stopBy(db, secret)
    for (const one of topic === '' ? topics : [topic])
      await notices(db).choose(accountId, one, 'never', now().toISOString(), createdAt)
    return done
  },
})

export const noticeOperations = [readChoices, changeChoices, readStop, stopNotices]
