/** Where what somebody holds is recognised: country by country, as what, by whom, on which ground, and what is missing. */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { isOf, keptOf, type BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { qualificationFramework } from './qualification-framework.ts'
import { recognitionDecision } from './recognition-decision.ts'
import { validities, validityOn } from './validity.ts'

const most = 5_000
const isDecision = isOf(recognitionDecision)
const isFramework = isOf(qualificationFramework)
type Decision = BodyOf<typeof recognitionDecision>
type Framework = StoredRecord<BodyOf<typeof qualificationFramework>>

/** Why a rule does not cover what somebody holds, or cannot be said to. */
export const misfits = ['level', 'awardedIn', 'levelUnknown', 'awardedInUnknown', 'ended', 'upcoming'] as const
export type Misfit = (typeof misfits)[number]
/** What only has to be told to know more. */
const open: ReadonlySet<Misfit> = new Set(['levelUnknown', 'awardedInUnknown', 'upcoming'])

type Held = { level?: number | undefined; awardedIn?: string | undefined }

/** What stands against the rule for what is held, on a day. */
export function misfitsOf(body: Decision, { level, awardedIn }: Held, today: string): Misfit[] {
  const validity = validityOn(body, today)
  return [
    ...(validity === 'ended' || validity === 'upcoming' ? [validity] : []),
    ...(body.eqfLevels && level === undefined ? ['levelUnknown' as const] : []),
    ...(body.eqfLevels && level !== undefined && !body.eqfLevels.includes(level) ? ['level' as const] : []),
    ...(body.recognisedFrom && awardedIn === undefined ? ['awardedInUnknown' as const] : []),
    ...(body.recognisedFrom && awardedIn !== undefined && !body.recognisedFrom.includes(awardedIn)
      ? ['awardedIn' as const]
      : []),
  ]
}

const Code = (description: string) => Type.Optional(Type.String({ maxLength: 50, description }))
const Line = Type.Object({
  decision: keptOf(recognitionDecision),
  validity: Type.Enum([...validities]),
  fits: Type.Enum(['yes', 'perhaps', 'no'], { description: '`perhaps`: something that it asks for was not told' }),
  misfits: Type.Array(Type.Enum([...misfits])),
})
export type RecognisedLine = Static<typeof Line>

export const whereRecognised = operation({
  name: 'recognition.where',
  summary: 'Find where what somebody holds is recognised, as what, on which ground, and what is missing',
  http: 'GET /recognition/where',
  input: Type.Object(
    {
      held: Code('What is held: a term of held-learning'),
      framework: Type.Optional(
        Type.String({
          maxLength: 70,
          description: 'A level of a framework: the identifier of its record and the code, `id:7`',
        }),
      ),
      awardedIn: Code('Where it was awarded, ISO 3166-1 alpha-2'),
      country: Code('Where it shall be recognised; all where absent'),
    },
    closed,
  ),
  output: Type.Object({
    level: Type.Union([Type.Integer(), Type.Null()], {
      description: 'EQF level of what is held, where its framework was referenced',
    }),
    lines: Type.Array(Line, { description: 'Those that fit first' }),
    alike: Type.Array(Type.Object({ framework: keptOf(qualificationFramework), codes: Type.Array(Type.String()) }), {
      description:
        'Levels of other frameworks that were referenced to the same EQF level; a comparison, no recognition',
    }),
  }),
  allow: () => true,
  doubts: codesDoubted({ held: 'held-learning', awardedIn: 'countries', country: 'countries' }),
  run: async ({ db, now }, { held, framework, awardedIn, country }) => {
    const today = now().toISOString().slice(0, 10)
    const all = (await records(db).list(recognitionDecision.name, { after: 0, limit: most })).filter(isDecision)
    const frameworks = await frameworksIn(db)
    const level = framework === undefined ? undefined : levelOf(frameworks, framework)
    const order = ['yes', 'perhaps', 'no']
    const lines = all
      .filter(
        ({ body }) =>
          (held === undefined || body.heldLearning?.includes(held)) &&
          (country === undefined || body.countries?.includes(country)),
      )
      .map((decision) => {
        const found = misfitsOf(decision.body, { level, awardedIn }, today)
        const fits =
          found.length === 0
            ? ('yes' as const)
            : found.every((one) => open.has(one))
              ? ('perhaps' as const)
              : ('no' as const)
        return { decision, validity: validityOn(decision.body, today), fits, misfits: found }
      })
      .toSorted((a, b) => order.indexOf(a.fits) - order.indexOf(b.fits))
    const alike = frameworks.flatMap((one) => {
      const codes = level === undefined ? [] : codesAt(one, level)
      return codes.length > 0 && !framework?.startsWith(`${one.id}:`) ? [{ framework: one, codes }] : []
    })
    return { level: level ?? null, lines, alike }
  },
})

const codesAt = ({ body }: Framework, level: number): string[] =>
  (body.frameworkLevels ?? []).filter(({ eqfLevel }) => eqfLevel === level).map(({ code }) => code)

/** @throws Problem notFound where there is no such level */
function levelOf(frameworks: readonly Framework[], named: string): number | undefined {
  const [id, ...code] = named.split(':')
  const levels = frameworks.find((one) => one.id === id)?.body.frameworkLevels
  const found = levels?.find((one) => one.code === code.join(':'))
  if (!found) throw noSuch('level', named)
  return found.eqfLevel
}

async function frameworksIn(db: Parameters<typeof records>[0]): Promise<Framework[]> {
  return (await records(db).list(qualificationFramework.name, { after: 0, limit: most })).filter(isFramework)
}

export const listFrameworks = operation({
  name: 'recognition.frameworks',
  summary: 'List qualification frameworks with their levels and what these were referenced to',
  http: 'GET /recognition/frameworks',
  input: Type.Object({}, closed),
  output: Type.Object({ frameworks: Type.Array(keptOf(qualificationFramework)) }),
  allow: () => true,
  run: async ({ db }) => ({ frameworks: await frameworksIn(db) }),
})
