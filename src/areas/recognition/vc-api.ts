/** The answers of the VC-API (W3C CCG, Verifiable Credentials API): what other software for credentials asks and reads. */
import { json } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
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

const told = ({ checks }: Verification, state: 'failed' | 'unchecked', names?: readonly string[]): Told[] =>
  checks
    .filter((one) => one.state === state && (names === undefined || names.includes(one.name)))
    .map(({ name, code, values }) => ({
      type: `${problemType}${types[name] ?? 'PARSING_ERROR'}`,
      code: `${name}.${code}`,
      title: `${name}: ${code}`,
      detail: Object.values(values).join(', '),
    }))

/** Without these checked, nothing is verified: what could not be checked is an error, and told as one. */
const needed = ['wellFormed', 'proof', 'issuer', 'status', 'dates']

/** 200 where it is verified, else 400 with `errors`; all checks stand beside, each with its result. */
export function verifiedResponse(results: readonly Verification[], more: object = {}): HttpResponse {
  const verified = results.length > 0 && results.every((one) => one.isVerified)
  const errors = results.flatMap((one) => [...told(one, 'failed'), ...told(one, 'unchecked', needed)])
  const warnings = results.flatMap((one) =>
    told(one, 'unchecked').filter(({ code }) => !needed.some((name) => code.startsWith(`${name}.`))),
  )
  return json(
    { verified, checks: results[0]?.checks ?? [], warnings, errors, ...more },
    { status: verified ? 200 : 400, keep: false },
  )
}

/** A body that asks for nothing that is done here. */
export const refusedResponse = (detail: string, status = 400): HttpResponse =>
  json(
    {
      verified: false,
      errors: [{ type: `${problemType}PARSING_ERROR`, code: 'badRequest', title: 'Bad request', detail }],
    },
    { status, keep: false },
  )
