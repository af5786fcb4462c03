/** Whether a signed-in person is still the one who signed in (OWASP ASVS 5.0, 7.5): by the password, or because they have just signed in. */
import { Type, type Static, type TObject, type TProperties, type TSchema, type TUnion } from 'typebox'
import { shell, type Actor, type Context } from '#kernel/context.ts'
import { closed, type AnyOperation, type Known, type Preparing } from '#kernel/operation.ts'
import { isPassword, longestPassword } from './password.ts'
import { isTwofold } from './second-step.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'
import { Done, done } from '#records/inputs.ts'
import { countTry, forgetTries, isLetPass } from './rate-limit.ts'

/** What operations take that ask for it. */
const Proof = {
  password: Type.String({ maxLength: longestPassword * 4 }),
  session: Type.String({ maxLength: 16 }),
}
type Given = { password: string; session: string }

const justMs = 15 * 60_000

/**
 * How much is asked. `password`: it, or having just come with a passkey (which is two factors) or without having one.
 * `all`: of whom a second step is asked, also to have just come, and so to have shown it (7.5.1). `recent`: any of these.
 */
type HowMuch = 'password' | 'all' | 'recent'

/** `anew`: not by the password, or not by it alone; who signs in anew can. */
async function proofOf(
  { db, now, services }: Preparing,
  accountId: string,
  { password, session }: Given,
  howMuch: HowMuch,
): Promise<'right' | 'wrong' | 'anew'> {
  const account = await people(db).byId(accountId)
  if (account?.state !== 'active') return 'wrong'
  const own = (await people(db).sessionsOf(accountId)).find(({ id }) => id === session)
  const hasJustCome = own !== undefined && now().getTime() - Date.parse(own.createdAt) < justMs
  if (hasJustCome && (account.passwordHash === null || own.way === 'passkey' || howMuch === 'recent')) return 'right'
  if (account.passwordHash === null) return 'anew'
  if (howMuch === 'all' && !hasJustCome && (await isTwofold({ db, services }, account))) return 'anew'
  return (await isPassword(password, account.passwordHash)) ? 'right' : 'wrong'
}

export const Unproven = Type.Object({ refused: Type.Enum(['wrong', 'anew', 'tooManyTries']) })
export type Unproven = Static<typeof Unproven>

const isShell = (actor: Actor): boolean => actor.kind === shell.kind && actor.id === shell.id

type Outcome<Prepared> = Unproven | { prepared: Prepared }

/**
 * What a person may do only after confirming their identity again. A failed attempt is an answer, not a problem: that it was made is
 * counted, so that a session which was left open does not lend itself to guessing the password.
 */
export const provenOperation = <In extends TProperties, Out extends TSchema, Prepared = undefined>({
  input,
  output,
  howMuch = 'password',
  byShell = false,
  allow,
  prepare,
  run,
  ...rest
}: Pick<AnyOperation, 'name' | 'summary' | 'http' | 'changesPages' | 'forgets'> &
  Partial<Pick<AnyOperation, 'allow'>> & {
    input: In
    output: Out
    howMuch?: HowMuch
    /** Who runs the machine may do it too, who has no session to prove: the command asks whether it is meant. */
    byShell?: boolean
    prepare?: (context: Preparing, input: Static<TObject<In>> & Given) => Promise<Prepared>
    run: (context: Context, input: Static<TObject<In>> & Given, prepared: Prepared) => Promise<Static<Out>>
  }): Known<TObject<In & typeof Proof>, TUnion<[Out, typeof Unproven]>> => ({
  ...rest,
  isForPages: true,
  input: Type.Object({ ...input, ...Proof }, closed),
  output: Type.Union([output, Unproven]),
  allow: (actor, given) => (actor.kind === 'person' || (byShell && isShell(actor))) && (allow?.(actor, given) ?? true),
  prepare: async (context, given: Static<TObject<In>> & Given): Promise<Outcome<Prepared>> => {
    if (isShell(context.actor)) return { prepared: (await prepare?.(context, given)) as Prepared }
    const id = personIn(context)
    if (!(await isLetPass(context.db, 'proofHere', placeOf(id, given), context.now())))
      return { refused: 'tooManyTries' }
    const proof = await proofOf(context, id, given, howMuch)
    if (proof !== 'right') return { refused: proof }
    return { prepared: (await prepare?.(context, given)) as Prepared }
  },
  run: async (context, given: Static<TObject<In>> & Given, outcome: Outcome<Prepared>) => {
    if (isShell(context.actor) && 'prepared' in outcome) return run(context, given, outcome.prepared)
    const { db, now } = context
    const place = placeOf(personIn(context), given)
    // Others may have been tried while this one was looked at.
    if (!(await isLetPass(db, 'proofHere', place, now()))) return { refused: 'tooManyTries' }
    if ('refused' in outcome) {
      if (outcome.refused === 'wrong') await countTry(db, 'proofHere', place, now())
      return outcome
    }
    await forgetTries(db, 'proofHere', place)
    return run(context, given, outcome.prepared)
  },
})

/** For pages that give others rights to judge: what is done after it needs no proof of its own. */
export const proveIdentity = provenOperation({
  name: 'accounts.prove',
  summary: 'Confirm one’s identity again',
  http: 'POST /account/proof',
  input: {},
  output: Done,
  run: () => Promise.resolve(done),
})

/** By session: who holds one that was taken cannot keep its owner, in another, from ending it. */
const placeOf = (accountId: string, { session }: Given) => `${accountId} ${session}`
