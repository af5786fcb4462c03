/** The answers of the VC-API (W3C CCG, Verifiable Credentials API): what other software for credentials asks and reads. */
import { json } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Problem } from '#kernel/problem.ts'
import { problemWords, violationWords } from '#ui/problem-words.ts'
import type { View } from '#ui/view.ts'
import { nameOf, reasonOf } from './pages/check-words.ts'
import type { Verification } from './verification/verification.ts'

const problemType = 'https://www.w3.org/TR/vc-data-model#'
/** The types of problems that the data model names (W3C Verifiable Credentials 2.0 §7.1). */
const types: Readonly<Record<string, string>> = {
  wellFormed: 'MALFORMED_VALUE_ERROR',
  context: 'MALFORMED_VALUE_ERROR',
  proof: 'CRYPTOGRAPHIC_SECURITY_ERROR',
  issuer: 'CRYPTOGRAPHIC_SECURITY_ERROR',
  status: 'RANGE_ERROR',
  dates: 'RANGE_ERROR',
  schema: 'MALFORMED_VALUE_ERROR',
}
type Told = { type: string; code: string; title: string; detail: string }

/** `code` is for programs; title and detail are in words, as on the page. */
const told = (view: View, { checks }: Verification, state: 'failed' | 'unchecked', names?: readonly string[]): Told[] =>
  checks
    .filter((one) => one.state === state && (names === undefined || names.includes(one.name)))
    .map((check) => ({
      type: `${problemType}${types[check.name] ?? 'PARSING_ERROR'}`,
      code: `${check.name}.${check.code}`,
      title: nameOf(view, check),
      detail: reasonOf(view, check),
    }))

/** Without these checked, nothing is verified: what could not be checked is an error, and told as one. */
const needed = ['wellFormed', 'proof', 'issuer', 'status', 'dates']

/** 200 where it is verified, else 400 with `errors`; all checks stand beside, each with its result. */
export function verifiedResponse(view: View, results: readonly Verification[], more: object = {}): HttpResponse {
  const verified = results.length > 0 && results.every((one) => one.isVerified)
  const errors = results.flatMap((one) => [...told(view, one, 'failed'), ...told(view, one, 'unchecked', needed)])
  const warnings = results.flatMap((one) =>
    told(view, one, 'unchecked').filter(({ code }) => !needed.some((name) => code.startsWith(`${name}.`))),
  )
  return json(
    { verified, checks: results[0]?.checks ?? [], warnings, errors, ...more },
    { status: verified ? 200 : 400, keep: false },
  )
}

const refusal = (status: number, errors: readonly Told[], headers: Record<string, string> = {}): HttpResponse =>
  json({ verified: false, errors }, { status, keep: false, headers })

/** A body without the member that is asked for. */
export const missingResponse = ({ t }: Pick<View, 't'>, member: string): HttpResponse =>
  refusal(400, [
    {
      type: `${problemType}PARSING_ERROR`,
      code: 'badRequest',
      title: member,
      detail: `${member}: ${t('rule.required')}`,
    },
  ])

/** Why nothing was done: what is wrong, where, and how to mend it. */
export function refusedResponse(view: View, problem: Problem): HttpResponse {
  const { title, detail, next } = problemWords(view, problem)
  const violations = violationWords(view, problem.violations)
  const minutes = problem.code === 'tooManyRequests' && Number(problem.values.minutes)
  const about = { type: `${problemType}PARSING_ERROR`, code: problem.code, title }
  const details = violations.length > 0 ? violations : [[detail, next].filter(Boolean).join(' ')]
  return refusal(
    problem.status,
    details.map((one) => ({ ...about, detail: one })),
    minutes ? { 'retry-after': String(minutes * 60) } : {},
  )
}
