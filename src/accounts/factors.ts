/** Two-factor authentication: an authenticator app, and recovery codes for when it is lost. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { post } from '#kernel/mail/mail.ts'
import { closed, operation } from '#kernel/operation.ts'
import { base32, otpauthAddress } from '#codecs/otp/index.ts'
import { Done, done } from '#records/inputs.ts'
import { isPerson, ownAccount } from './account.ts'
import { noteEvent, type Event } from './audit.ts'
import { factors } from './factor-store.ts'
import { letterOf } from './letters.ts'
import { hasApp, makeCodes, takeAppCode } from './totp.ts'
import { provenOperation } from './proof.ts'
import { dropSteps, isAsked } from './second-step.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'
import { countTry, isLetPass } from './rate-limit.ts'

/** RFC 4226 §4, R6. */
const secretBytes = 20
const beginMs = 15 * 60_000

const Refused = Type.Object({ refused: Type.Enum(['code', 'codeOver']) })
const refuse = <Why extends Static<typeof Refused>['refused']>(refused: Why) => ({ refused })
const Codes = Type.Object({ codes: Type.Array(Type.String(), { description: 'Shown once, each good once' }) })

const Factors = Type.Object({
  appSince: Type.Union([Type.String(), Type.Null()], { description: 'Since when a program makes codes' }),
  codesLeft: Type.Integer({ description: 'Codes on paper that are left' }),
  isAsked: Type.Boolean({
    description: 'Whether this node asks them for a second step, by email where they have no authenticator app',
  }),
})
export type Factors = Static<typeof Factors>

export const readFactors = operation({
  name: 'factors.read',
  summary: 'Tell what one has for a second step',
  http: 'GET /account/factors',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Factors,
  allow: isPerson,
  run: async (context) => {
    const { id, roles } = await ownAccount(context)
    return {
      appSince: (await factors(context.db).app(id))?.confirmedAt ?? null,
      codesLeft: await factors(context.db).codesLeft(id),
      isAsked: isAsked(context.services.secondStep, roles),
    }
  },
})

/** That what proves who one is has changed is told by e-mail (OWASP ASVS 5.0, 6.3.7). */
async function tell(
  context: Context,
  account: Account,
  about: 'factorAdded' | 'factorRemoved' | 'codesMade',
  event: Event,
) {
  const { site } = context.services
  const values = { site, name: account.name, link: `${site.address}/${account.language}/account` }
  await post(context.db, letterOf(about, account.email, account.language, values), context.now())
  await noteEvent(context, event, account.id)
}

export const beginApp = provenOperation({
  name: 'factors.beginApp',
  summary: 'Begin to use a program that makes codes: the secret it needs',
  http: 'POST /account/code-app',
  input: {},
  output: Type.Union([Type.Object({ secret: Type.String(), address: Type.String() }), Refused]),
  howMuch: 'all',
  run: async (context) => {
    const account = await ownAccount(context)
    if (await hasApp(context, account.id)) return refuse('codeOver')
    const { db, now, random, services } = context
    const bytes = random(secretBytes)
    const secret = base32(bytes)
    await factors(db).putApp({
      accountId: account.id,
      secret: await services.secretBox.close(bytes, account.id),
      createdAt: now().toISOString(),
      confirmedAt: null,
      lastStep: 0,
    })
    return { secret, address: otpauthAddress({ issuer: services.site.name, account: account.email, secret }) }
  },
})

export const confirmApp = operation({
  name: 'factors.confirmApp',
  summary: 'Show by a first code that the program has the secret; codes for paper are answered',
  http: 'POST /account/code-app/confirmation',
  isForPages: true,
  input: Type.Object({ code: Type.String({ maxLength: 50 }), session: Type.String({ maxLength: 16 }) }, closed),
  output: Type.Union([Codes, Refused]),
  allow: isPerson,
  run: async (context, { code, session }) => {
    const { db, now } = context
    const account = await ownAccount(context)
    const app = await factors(db).app(account.id)
    const isWaiting = app?.confirmedAt === null && now().getTime() - Date.parse(app.createdAt) < beginMs
    if (!isWaiting || !(await isLetPass(db, 'proofHere', `app ${account.id}`, now()))) return refuse('codeOver')
    if (!(await takeAppCode(context, account.id, code, { ofBegun: true }))) {
      await countTry(db, 'proofHere', `app ${account.id}`, now())
      return refuse('code')
    }
    // Ends sessions that were opened without it, and sign-ins that wait for a code from an e-mail.
    await people(db).endSessions(account.id, session)
    await people(db).forgetDevices(account.id)
    await dropSteps(db, account.id)
    await tell(context, account, 'factorAdded', 'factor.added')
    return { codes: await makeCodes(context, account.id) }
  },
})

export const removeApp = provenOperation({
  name: 'factors.removeApp',
  summary: 'Use a program that makes codes no more',
  http: 'POST /account/code-app/removal',
  input: {},
  output: Done,
  howMuch: 'all',
  run: async (context) => {
    const account = await ownAccount(context)
    if (await factors(context.db).removeApp(account.id)) await tell(context, account, 'factorRemoved', 'factor.removed')
    return done
  },
})

export const renewCodes = provenOperation({
  name: 'factors.renewCodes',
  summary: 'Make codes for paper; earlier ones are good no more',
  http: 'POST /account/recovery-codes',
  input: {},
  output: Codes,
  howMuch: 'all',
  run: async (context) => {
    const account = await ownAccount(context)
    await tell(context, account, 'codesMade', 'recovery.made')
    return { codes: await makeCodes(context, account.id) }
  },
})
