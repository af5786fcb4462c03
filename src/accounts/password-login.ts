/** Signing in with address and password. */
import { Type, type Static } from 'typebox'
import { closed, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { noteEvent } from './audit.ts'
import { emailKeyOf } from './email.ts'
import { isPassword, longestPassword } from './password.ts'
import { openOrAsk, Waiting } from './second-step.ts'
import { digestOfSecret, isSecret } from './secret.ts'
import { Opened } from './sessions.ts'
import { people } from './store.ts'
import { countTry, forgetTries, isLetPass } from './rate-limit.ts'

const SignIn = Type.Object(
  {
    email: Type.String({ maxLength: 254 }),
    password: Type.String({ maxLength: longestPassword * 4 }),
    remote: Type.String({ maxLength: 100 }),
    agent: Type.String({ maxLength: 200 }),
    device: Type.Optional(Type.String({ maxLength: 100 })),
  },
  closed,
)
type SignIn = Static<typeof SignIn>

/** Where tries are counted: a browser that signed in to this account before has a count of its own. */
async function placesOf({ db }: Preparing, { email, remote, device }: SignIn) {
  const emailKey = emailKeyOf(email)
  const account = await people(db).byEmail(emailKey)
  const isKnown = account && isSecret(device) ? await people(db).isDeviceOf(digestOfSecret(device), account.id) : false
  const here = isKnown ? `device ${digestOfSecret(device!)}` : `${remote} ${emailKey}`
  return { account, here, anywhere: isKnown ? undefined : emailKey }
}

async function isHeldUp({ db, now }: Preparing, { remote }: SignIn, here: string, anywhere: string | undefined) {
  if (!(await isLetPass(db, 'signInHere', here, now()))) return true
  if (anywhere === undefined) return false
  return !(
    (await isLetPass(db, 'signInAnywhere', anywhere, now())) && (await isLetPass(db, 'signInFrom', remote, now()))
  )
}

/** A sign-in that fails is an answer and no problem: what was tried must be written down. */
export const signIn = preparedOperation({
  name: 'sessions.open',
  summary: 'Sign in with address and password',
  http: 'POST /sessions',
  isOpen: true,
  isForPages: true,
  input: SignIn,
  output: Type.Union([Opened, Waiting, Type.Object({ refused: Type.Enum(['wrong', 'tooManyTries', 'tooManyCodes']) })]),
  allow: () => true,
  prepare: async (context, input) => {
    const { account, here, anywhere } = await placesOf(context, input)
    if (await isHeldUp(context, input, here, anywhere)) return { outcome: 'tooManyTries' as const }
    const isRight = await isPassword(input.password, account?.state === 'active' ? account.passwordHash : null)
    return { outcome: isRight ? ('right' as const) : ('wrong' as const), here, anywhere, accountId: account?.id }
  },
  run: async (context, input, tried) => {
    const { db, now } = context
    const { remote, agent } = input
    if (tried.outcome === 'tooManyTries') return { refused: 'tooManyTries' as const }
    const { here, anywhere, accountId } = tried
    // Others may have been tried while this one was looked at.
    if (await isHeldUp(context, input, here, anywhere)) return { refused: 'tooManyTries' as const }
    // The account may have been closed while the password was checked.
    const account = accountId === undefined ? undefined : await people(db).byId(accountId)
    if (tried.outcome === 'wrong' || account?.state !== 'active') {
      await countTry(db, 'signInHere', here, now())
      if (anywhere !== undefined) {
        await countTry(db, 'signInAnywhere', anywhere, now())
        await countTry(db, 'signInFrom', remote, now())
      }
      await noteEvent(context, 'session.refused', accountId ?? '', 'password')
      return { refused: 'wrong' as const }
    }
    await forgetTries(db, 'signInHere', here)
    return openOrAsk(context, account, agent, 'password')
  },
})
