/**
 * Messages to people in the network of expertise. They pass through the site: neither side learns the other’s address, and the
 * emails hold nothing of what they wrote.
 */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { notify } from '#accounts/notices/notify.ts'
import { countTry, isLetPass } from '#accounts/rate-limit.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { newId } from '#records/identifier.ts'
import { Done, Id, done } from '#records/inputs.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { shownExpert } from './experts.ts'
import { expertMessages } from './store.ts'
import type { ExpertMessageRow } from './tables.ts'

const mostListed = 200
const longest = 5_000
const Text = Type.String({ minLength: 1, maxLength: longest, pattern: '\\S', 'x-rule': 'blank' })
const messagesPath = '/experts/messages'

const Nullable = Type.Union([Type.String(), Type.Null()])
const Message = Type.Object({
  id: Type.String(),
  isMine: Type.Boolean({ description: 'Whether one sent it; received otherwise' }),
  other: Type.String({ description: 'The name of the other side; empty where they have left' }),
  text: Type.String(),
  at: Type.String(),
  answer: Nullable,
  answeredAt: Nullable,
  result: Type.Union([Type.String(), Type.Null()], { description: 'What came of it, as either side told last' }),
})
export type ExpertMessage = Static<typeof Message>

const isPerson = permission('draft.write')
const nameOf = async ({ db }: Context, id: string) => (await people(db).byId(id))?.name ?? ''

export const writeToExpert = operation({
  name: 'experts.write',
  summary: 'Write to somebody in the network of expertise, through the site',
  http: 'POST /experts/:id/messages',
  input: Type.Object({ id: Id, text: Text }, closed),
  output: Done,
  allow: isPerson,
  run: async (context, { id, text }) => {
    const { db, now, random } = context
    const { row } = await shownExpert(db, id)
    const fromId = personIn(context)
    if (row.accountId === fromId) throw violation('text', 'ownEntry')
    const waiting = (await expertMessages(db).of(fromId, mostListed)).some(
      (one) => one.fromId === fromId && one.toId === row.accountId && one.answeredAt === null,
    )
    if (waiting) throw violation('text', 'answerAwaited')
    if (!(await isLetPass(db, 'expertMessagesBy', fromId, now()))) throw new Problem('tooManyTries')
    await countTry(db, 'expertMessagesBy', fromId, now())
    const unanswered = { answer: null, answeredAt: null, result: null }
    const message = { id: newId(random), fromId, toId: row.accountId, text, at: now().toISOString(), ...unanswered }
    await expertMessages(db).add(message)
    const person = await nameOf(context, fromId)
    await notify(context, [row.accountId], { about: 'expertMessage', topic: 'own', path: messagesPath, person })
    return done
  },
})

export const listExpertMessages = operation({
  name: 'experts.messages',
  summary: 'List the messages of the network of expertise that one sent and received, the newest first',
  http: 'GET /account/expert-messages',
  input: Type.Object({}, closed),
  output: Type.Object({ messages: Type.Array(Message) }),
  allow: isPerson,
  run: async (context) => {
    const { db } = context
    const self = personIn(context)
    const rows = await expertMessages(db).of(self, mostListed)
    const names = await people(db).byIds([...new Set(rows.flatMap(({ fromId, toId }) => [fromId, toId]))])
    return {
      messages: rows.map(({ fromId, toId, ...rest }) => {
        const isMine = fromId === self
        return { ...rest, isMine, other: names.get(isMine ? toId : fromId)?.name ?? '' }
      }),
    }
  },
})

/** @throws Problem notFound to others than both sides */
async function ownMessage(context: Context, id: string): Promise<ExpertMessageRow> {
  const row = await expertMessages(context.db).byId(id)
  const self = personIn(context)
  if (!row || (row.fromId !== self && row.toId !== self)) throw noSuch('expertMessage', id)
  return row
}

export const answerExpertMessage = operation({
  name: 'experts.answer',
  summary: 'Answer a message of the network of expertise',
  http: 'POST /account/expert-messages/:id/answer',
  input: Type.Object({ id: Id, text: Text }, closed),
  output: Done,
  allow: isPerson,
  run: async (context, { id, text }) => {
    const row = await ownMessage(context, id)
    if (row.toId !== personIn(context) || row.answeredAt !== null) throw noSuch('expertMessage', id)
    await expertMessages(context.db).change(id, { answer: text, answeredAt: context.now().toISOString() })
    const person = await nameOf(context, row.toId)
    await notify(context, [row.fromId], { about: 'expertAnswer', topic: 'own', path: messagesPath, person })
    return done
  },
})

export const expertResult = operation({
  name: 'experts.result',
  summary: 'Say what came of a message of the network of expertise',
  http: 'POST /account/expert-messages/:id/result',
  input: Type.Object({ id: Id, result: Type.Enum(Object.keys(codeList('cooperation-results')!.terms)) }, closed),
  output: Done,
  allow: isPerson,
  run: async (context, { id, result }) => {
    await ownMessage(context, id)
    await expertMessages(context.db).change(id, { result })
    return done
  },
})
