/** What is told of a credential: a list of checks, each with its own result and reason; never one mark that hides another. */
import { Type, type Static } from 'typebox'
import { carriers } from '#codecs/open-badges/read-carrier.ts'

export const checkNames = [
  'wellFormed',
  'context',
  'proof',
  'issuer',
  'certificate',
  'status',
  'dates',
  'schema',
  'within',
  'endorsements',
  'newer',
  'trustList',
  'quality',
] as const
export type CheckName = (typeof checkNames)[number]

/** `unchecked`: it could not be checked, which is neither good nor bad. */
export const checkStates = ['ok', 'failed', 'unchecked'] as const
export type CheckState = (typeof checkStates)[number]

export const Check = Type.Object({
  name: Type.Enum([...checkNames]),
  state: Type.Enum([...checkStates]),
  code: Type.String({ description: 'Why; its words are in the catalogues: `credentialCheck.<name>.<code>`' }),
  values: Type.Record(Type.String(), Type.String(), { description: 'What the words name' }),
})
export type Check = Static<typeof Check>

const Text = Type.Union([Type.String(), Type.Null()])
export const CredentialFacts = Type.Object({
  id: Text,
  types: Type.Array(Type.String()),
  name: Text,
  description: Text,
  issuerId: Text,
  issuerName: Text,
  subjectId: Text,
  subjectName: Text,
  validFrom: Text,
  validUntil: Text,
})
export type CredentialFacts = Static<typeof CredentialFacts>

/** Made only of credentials that give reason for it: of others nothing could be said. */
export const occasionalChecks: readonly CheckName[] = ['certificate', 'within', 'endorsements', 'newer']

const Alone = Type.Object({
  isVerified: Type.Boolean({
    description: 'No check failed, and form, contexts, proof, issuer, status and dates were all checked',
  }),
  failed: Type.Integer({ description: 'How many checks failed' }),
  unchecked: Type.Integer({ description: 'How many checks could not be made' }),
  checkedAt: Type.String({ description: 'When, ISO 8601' }),
  isOffline: Type.Boolean({ description: 'Nothing was fetched' }),
  carrier: Type.Union([Type.Enum([...carriers]), Type.Null()], { description: 'What the credential came in' }),
  format: Type.Enum(['data-integrity', 'jwt', 'jades', 'open-badges-2', 'none']),
  sha256: Type.Union([Type.String(), Type.Null()], {
    description: 'Of the canonical JSON (RFC 8785) or of the token: by which `credentials.proof` knows it',
  }),
  checks: Type.Array(Check),
  credential: Type.Union([CredentialFacts, Type.Null()], {
    description: 'What it says of itself, to be believed only as far as the checks go',
  }),
})

/** A credential that stands within another, verified by itself. */
export const Within = Type.Object({
  role: Type.Enum(['credential', 'endorsement'], { description: 'What it is to the one that it stands in' }),
  ...Alone.properties,
})
export type Within = Static<typeof Within>

export const Verification = Type.Object({
  ...Alone.properties,
  within: Type.Array(Within, {
    description:
      'The credentials in it, each verified by itself: those of a learner record (CLR 2.0), and endorsements',
  }),
})
export type Verification = Static<typeof Verification>

/** Without these nobody can rely on it; the others say how much it is worth. */
// A proof need not cover contexts added after those it names (Data Integrity EdDSA 1.0, 3.3.2): one that is unknown proves nothing.
const needed: readonly CheckName[] = ['wellFormed', 'context', 'proof', 'issuer', 'status', 'dates', 'within']

type Told = Partial<Pick<Verification, 'within'>> &
  Pick<Verification, 'carrier' | 'format' | 'sha256' | 'credential' | 'checkedAt' | 'isOffline'>

/** All checks in their order; one that nobody came to is one that could not be made. */
export function verificationOf(made: readonly Check[], told: Told): Verification {
  const checks = checkNames
    .filter((name) => !occasionalChecks.includes(name) || made.some((one) => one.name === name))
    .map((name) => made.find((one) => one.name === name) ?? unchecked(name, 'notReached'))
  const count = (state: CheckState) => checks.filter((one) => one.state === state).length
  return {
    isVerified: count('failed') === 0 && checks.every(({ name, state }) => state === 'ok' || !needed.includes(name)),
    failed: count('failed'),
    unchecked: count('unchecked'),
    within: [],
    ...told,
    checks,
  }
}

type Values = Record<string, string>
/** What stands in a credential is told shortened, and never more than is needed to find it. */
const short = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.slice(0, 300).toWellFormed()]))

const checkOf =
  (state: CheckState) =>
  (name: CheckName, code: string, values: Values = {}): Check => ({ name, state, code, values: short(values) })
export const ok = checkOf('ok')
export const failed = checkOf('failed')
export const unchecked = checkOf('unchecked')

export type Json = Readonly<Record<string, unknown>>
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
/** The id of what is either an address or an object with one. */
export const idOf = (value: unknown): string | undefined => textIn(isObject(value) ? value.id : value)
