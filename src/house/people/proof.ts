/** Whether somebody who is in is still the one who came in (OWASP ASVS 5.0, 7.5): by the password, or by having just come. */
import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox'
import type { Context } from '#core/context.ts'
import { closed, type AnyOperation, type Preparing } from '#core/operation.ts'
import { isPassword, longestPassword } from './password.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'
import { countTry, forgetTries, isLetPass } from './tries.ts'

/** What operations take that ask for it. */
const Proof = {
  password: Type.String({ maxLength: longestPassword * 4 }),
  session: Type.String({ maxLength: 16 }),
}
type Given = { password: string; session: string }

const justMs = 15 * 60_000

/** A passkey is two factors, so who has just come by one needs no password; nor does who has none. */
async function isProven(
  { db, now }: Pick<Preparing, 'db' | 'now'>,
  accountId: string,
  { password, session }: Given,
): Promise<boolean> {
  const account = await people(db).byId(accountId)
  if (account?.state !== 'active') return false
  const own = (await people(db).sessionsOf(accountId)).find(({ id }) => id === session)
  const hasJustCome = own !== undefined && now().getTime() - Date.parse(own.createdAt) < justMs
  if (hasJustCome && (account.passwordHash === null || own.way === 'passkey')) return true
  return account.passwordHash !== null && isPassword(password, account.passwordHash)
}

const Unproven = Type.Object({ refused: Type.Enum(['wrong', 'tooManyTries']) })
export type Unproven = Static<typeof Unproven>

type Outcome<Prepared> = Unproven | { prepared: Prepared }

/**
 * What only who proves anew to be the one may do. A proof that fails is an answer and no problem: that it was tried is
 * counted, so that a session which was left open does not lend itself to guessing the password.
 */
export const provenOperation = <In extends TProperties, Out extends TSchema, Prepared = undefined>({
  input,
  output,
  prepare,
  run,
  ...rest
}: Pick<AnyOperation, 'name' | 'summary' | 'http' | 'changesPages'> & {
  input: In
  output: Out
  prepare?: (context: Preparing, input: Static<TObject<In>> & Given) => Promise<Prepared>
  run: (context: Context, input: Static<TObject<In>> & Given, prepared: Prepared) => Promise<Static<Out>>
}): AnyOperation => ({
  ...rest,
  isForPages: true,
  input: Type.Object({ ...input, ...Proof }, closed),
  output: Type.Union([output, Unproven]),
  allow: ({ kind }) => kind === 'person',
  prepare: async (context, given: Static<TObject<In>> & Given): Promise<Outcome<Prepared>> => {
    const id = personIn(context)
    if (!(await isLetPass(context.db, 'proofHere', id, context.now()))) return { refused: 'tooManyTries' }
    if (!(await isProven(context, id, given))) return { refused: 'wrong' }
    return { prepared: (await prepare?.(context, given)) as Prepared }
  },
  run: async (context, given: Static<TObject<In>> & Given, outcome: Outcome<Prepared>) => {
    const { db, now } = context
    const id = personIn(context)
    if ('refused' in outcome) {
      if (outcome.refused === 'wrong') await countTry(db, 'proofHere', id, now())
      return outcome
    }
    await forgetTries(db, 'proofHere', id)
    return run(context, given, outcome.prepared)
  },
})
