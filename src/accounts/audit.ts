/** The audit trail: what happened to accounts, by whom. It is added to, and never changed (OWASP ASVS 5.0, 16.3). */
import { Type, type Static } from 'typebox'
import { nameOf, type Actor, type Context } from '#kernel/context.ts'
import { closed, operation, type Runtime } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { people } from './store.ts'
import { countTry, isLetPass } from './rate-limit.ts'

/** Every event has its words: `audit.event.<name>`. */
export const events = [
  'link.confirm',
  'link.password',
  'link.operator',
  'link.vouched',
  'code.sent',
  'session.opened',
  'session.refused',
  'session.ended',
  'password.changed',
  'email.asked',
  'email.changed',
  'account.erased',
  'account.erasedFor',
  'account.managed',
  'key.made',
  'key.ended',
  'passkey.added',
  'passkey.removed',
  'factor.added',
  'factor.removed',
  'recovery.made',
  'recovery.used',
  'account.vouched',
  'identity.made',
  'identity.joined',
  'identity.removed',
  'curator.appointed',
  'curator.dismissed',
  'translator.appointed',
  'translator.dismissed',
  'member.verified',
  'member.ended',
  'expert.hidden',
  'expert.shown',
  'credential.issued',
  'credential.batch',
  'credential.status',
  'issuingKey.rotated',
  'issuer.verified',
  'issuer.ended',
  'issuer.memberAdded',
  'issuer.memberRemoved',
  'citedList.removed',
  'trustList.added',
  'trustList.removed',
  'node.followed',
  'node.suspended',
  'node.resumed',
  'node.removed',
  'node.keyHandedOver',
  'node.keyAccepted',
  'node.keyRevoked',
  'pack.applied',
  'copy.settled',
  'notification.settled',
  'announcement.made',
  'announcement.takenBack',
  'act.refused',
] as const
export type Event = (typeof events)[number]

/** Who did it has not shown yet that they are the account’s own person. */
const byAnyone: ReadonlySet<Event> = new Set(['session.refused', 'code.sent'])

/** Records what happened to an account: by the person who acts, or by the account’s owner where nobody is signed in yet. */
export const noteEvent = (
  { db, now, actor }: Pick<Context, 'db' | 'now' | 'actor'>,
  event: Event,
  subject: string,
  detail = '',
): Promise<void> =>
  people(db).tell({
    at: now().toISOString(),
    actor: actor.kind === 'anyone' && subject && !byAnyone.has(event) ? `person:${subject}` : nameOf(actor),
    event,
    subject,
    detail,
  })

/** That a person asked for what they may not do (OWASP ASVS 5.0, 16.3.2); each act so often an hour that nobody fills the disk. */
export async function noteRefusal(
  { database, environment }: Pick<Runtime, 'database' | 'environment'>,
  operationName: string,
  actor: Actor,
): Promise<void> {
  if (actor.kind !== 'person' || !database.writable) return
  const { now } = environment
  const about = `${actor.id} ${operationName}`
  if (!(await isLetPass(database.read, 'refusalsOf', about, now()))) return
  await database.write(async (db) => {
    await countTry(db, 'refusalsOf', about, now())
    await noteEvent({ db, now, actor }, 'act.refused', actor.id, operationName)
  })
}

const AuditLine = Type.Object({
  number: Type.Integer(),
  at: Type.String(),
  actor: Type.String({ description: '`person:` and their identifier, `system:` and its name, or `anyone`' }),
  actorName: Type.String({ description: 'Of a person; empty where erased' }),
  event: Type.String(),
  subject: Type.String({ description: 'The account it happened to; empty where there is none' }),
  subjectName: Type.String(),
  detail: Type.String(),
})
export type AuditLine = Static<typeof AuditLine>

export const auditTrail = operation({
  name: 'audit.list',
  summary: 'List what happened to accounts, newest first',
  http: 'GET /audit',
  isForPages: true,
  input: Type.Object(
    {
      subject: Type.Optional(Type.String({ maxLength: 16, description: 'Only of this account' })),
      before: Type.Optional(
        Type.Integer({ minimum: 1, description: 'Only what happened before the event numbered so' }),
      ),
      limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
    },
    closed,
  ),
  output: Type.Object({ events: Type.Array(AuditLine), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: permission('audit.read'),
  run: async ({ db }, { subject, before, limit }) => {
    const found = await people(db).audited({ subject, before, limit: limit + 1 })
    const shown = found.slice(0, limit)
    const names = await people(db).byIds([...new Set(shown.flatMap((one) => [one.subject, personOf(one.actor)]))])
    const nameOfPerson = (id: string) => names.get(id)?.name ?? ''
    return {
      events: shown.map(({ number, at, actor, event, subject: whose, detail }) => ({
        number: Number(number),
        at,
        actor,
        actorName: nameOfPerson(personOf(actor)),
        event,
        subject: whose,
        subjectName: nameOfPerson(whose),
        detail,
      })),
      next: found.length > limit ? Number(shown.at(-1)!.number) : null,
    }
  },
})

export const personOf = (actor: string): string => /^person:(.+)$/.exec(actor)?.[1] ?? ''
