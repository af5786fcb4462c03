/** Two-factor sign-in: after the password a code, from an e-mail or an authenticator app (OWASP ASVS 5.0, 6.3.3, 6.5 and 6.6). */
import { sql } from 'kysely'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import type { Migration } from '#kernel/database/migrate.ts'
import { post } from '#kernel/mail/mail.ts'
import { closed, operation } from '#kernel/operation.ts'
import { noteEvent } from './audit.ts'
import { letterOf } from './letters.ts'
import { digestOfSecret, isSecret, newSecret } from './secret.ts'
import { From } from './inputs.ts'
import { hasApp, plainDigits, takeOwnCode } from './totp.ts'
import { Opened, openSession } from './sessions.ts'
import type { Role } from '#kernel/permission.ts'
import { people } from './store.ts'
import type { Account, Way } from './tables.ts'
import { countTry, forgetTries, isLetPass } from './rate-limit.ts'

/** Who must pass it: nobody, people with a role, or everyone. */
export const secondSteps = ['nobody', 'roles', 'everyone'] as const
export type SecondStep = (typeof secondSteps)[number]

/** A sign-in that waits for its code. */
type StepRow = {
  tokenHash: string
  accountId: string
  /** Digest of the code in the e-mail; empty where the code comes from an authenticator app. */
  codeHash: string
  way: Way
  expiresAt: string
  triesLeft: number
}
type Tables = { second_step: StepRow }
const stepsIn = (db: Context['db']) => db.withTables<Tables>()

export const secondStepMigration: Migration = {
  name: '0070-house-second-step',
  up: async (db) => {
    await sql`create table second_step ("tokenHash" text primary key, "accountId" text not null references account (id), "codeHash" text not null, way text not null, "expiresAt" text not null, "triesLeft" integer not null)`.execute(
      db,
    )
  },
}

const minutes = 10
const mostTries = 5
const digits = 6

/** Where the code comes from. */
const By = Type.Enum(['letter', 'app'])
/** `step`: the secret by which the browser goes on with its sign-in. */
export const Waiting = Type.Object({ step: Type.String(), by: By })
export type Waiting = Static<typeof Waiting>
export type Refused = { refused: 'tooManyCodes' }

export const isAsked = (of: SecondStep, roles: readonly Role[]): boolean =>
  of === 'everyone' || (of === 'roles' && roles.some((role) => role !== 'contributor'))

/** Whether one thing alone does not let them in: the node asks for more, or they do. */
export const isTwofold = async (
  { db, services }: Pick<Context, 'db' | 'services'>,
  { id, roles }: Pick<Account, 'id' | 'roles'>,
): Promise<boolean> => isAsked(services.secondStep, roles) || hasApp({ db }, id)

const codeFrom = (random: Context['random']): string =>
  String(Buffer.from(random(4)).readUInt32BE() % 10 ** digits).padStart(digits, '0')

/** Six digits are guessed soon; with the secret of the browser, which is not kept here, they are not. */
const codeHashOf = (step: string, code: string) => digestOfSecret(`${step} ${code}`)

/** Lets in who has shown one thing already, or asks for a code first: of their own program, else of an e-mail. */
export async function openOrAsk(
  context: Context,
  account: Account,
  agent: string,
  way: Way,
): Promise<Opened | Waiting | Refused> {
  const { db, now, random, services } = context
  const isByApp = await hasApp(context, account.id)
  if (!isByApp && !isAsked(services.secondStep, account.roles)) return openSession(context, account.id, agent, way)
  // Only who knows the password, or came by the provider, is here: strangers cannot use up the codes of another.
  const isFree =
    (isByApp || (await isLetPass(db, 'codesTo', account.id, now()))) &&
    (await isLetPass(db, 'codesWrong', account.id, now()))
  if (!isFree) return { refused: 'tooManyCodes' }
  const [step, code] = [newSecret(random), isByApp ? '' : codeFrom(random)]
  await stepsIn(db)
    .insertInto('second_step')
    .values({
      tokenHash: digestOfSecret(step),
      accountId: account.id,
      codeHash: isByApp ? '' : codeHashOf(step, code),
      way,
      expiresAt: new Date(now().getTime() + minutes * 60_000).toISOString(),
      triesLeft: mostTries,
    })
    .execute()
  if (isByApp) return { step, by: 'app' }
  await countTry(db, 'codesTo', account.id, now())
  const { site } = services
  const link = `${site.address}/${account.language}/sign-in`
  const values = { site, name: account.name, code, minutes, link }
  await post(db, letterOf('code', account.email, account.language, values), now())
  await noteEvent(context, 'code.sent', account.id, way)
  return { step, by: 'letter' }
}

/** As with passwords, what fails is an answer and no problem: that it was tried must be written down. */
export const confirmSignIn = operation({
  name: 'sessions.confirm',
  summary: 'Finish a sign-in with the code of the letter, or one of one’s own',
  http: 'POST /sessions/steps',
  isOpen: true,
  isForPages: true,
  input: Type.Object(
    { step: Type.String({ maxLength: 100 }), code: Type.String({ maxLength: 50 }), agent: From.agent },
    closed,
  ),
  output: Type.Union([
    Opened,
    Type.Object({ refused: Type.Literal('code'), by: By }),
    Type.Object({ refused: Type.Literal('codeOver') }),
  ]),
  allow: () => true,
  run: async (context, { step, code, agent }) => {
    const { db, now } = context
    const own = stepsIn(db)
    const tokenHash = isSecret(step) ? digestOfSecret(step) : ''
    const found = await own.selectFrom('second_step').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst()
    if (!found || found.expiresAt <= now().toISOString()) return { refused: 'codeOver' as const }
    const drop = () => own.deleteFrom('second_step').where('tokenHash', '=', tokenHash).execute()
    // Many sign-ins may have begun before the first code: what counts is asked here, where all of them come by.
    if (!(await isLetPass(db, 'codesWrong', found.accountId, now()))) {
      await dropSteps(db, found.accountId)
      return { refused: 'codeOver' as const }
    }
    const account = await people(db).byId(found.accountId)
    const isRight =
      account?.state === 'active' &&
      (codeHashOf(step, plainDigits(code)) === found.codeHash || (await takeOwnCode(context, account, code)))
    if (!isRight) {
      await noteEvent(context, 'session.refused', found.accountId, 'code')
      await countTry(db, 'codesWrong', found.accountId, now())
      const triesLeft = found.triesLeft - 1
      if (triesLeft <= 0) {
        await drop()
        return { refused: 'codeOver' as const }
      }
      await own.updateTable('second_step').set({ triesLeft }).where('tokenHash', '=', tokenHash).execute()
      return { refused: 'code' as const, by: found.codeHash ? ('letter' as const) : ('app' as const) }
    }
    await drop()
    await forgetTries(db, 'codesTo', account.id)
    return openSession(context, account.id, agent, found.way)
  },
})

/** Steps that nobody took in time. */
export async function dropOldSteps(db: Context['db'], at: string): Promise<void> {
  await stepsIn(db).deleteFrom('second_step').where('expiresAt', '<=', at).execute()
}

export const dropSteps = async (db: Context['db'], accountId: string): Promise<void> => {
  await stepsIn(db).deleteFrom('second_step').where('accountId', '=', accountId).execute()
}
