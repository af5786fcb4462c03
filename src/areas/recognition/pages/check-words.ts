/** The checks of a credential in words. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { View } from '#ui/view.ts'
import type { Check, CheckState } from '../verification/verification.ts'

type Words = Pick<View, 't' | 'f'>

/** Times are told as days, in the reader’s language. */
const told = ({ f }: Words, values: Check['values']) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === 'from' || name === 'until' ? f.day(value.slice(0, 10)) : value,
    ]),
  )

export const nameOf = ({ t }: Pick<View, 't'>, check: Check): string =>
  wordsOr(t, `credentialCheck.${check.name}`, check.name)

export const reasonOf = (view: Words, { name, code, values }: Check): string =>
  wordsOr(view.t, `credentialCheck.${name}.${code}`, `${name}${view.f.colon}${code}`, told(view, values))

/** Where there was nothing to check, nothing was wrong: no failure, and for programs no gap, but people would read “passed” as confirmed. */
const nothingToCheck: ReadonlySet<string> = new Set(['issuer didKey', 'status noneNamed', 'schema noneNamed'])

/** How a check came out, as people are told it. */
export const toldStateOf = ({ name, state, code }: Check): CheckState =>
  state === 'ok' && nothingToCheck.has(`${name} ${code}`) ? 'unchecked' : state

type Checked = { checks: readonly Check[] }

/** How many came out in each way, as people are told it. */
export function countsOf({ checks }: Checked): Record<CheckState, number> {
  const count = (state: CheckState) => checks.filter((one) => toldStateOf(one) === state).length
  return { ok: count('ok'), failed: count('failed'), unchecked: count('unchecked') }
}

/** How all of it came out, in one sentence that hides nothing. */
export function verdictOf({ t }: Pick<View, 't'>, told: Checked): string {
  const { failed, unchecked } = countsOf(told)
  if (failed > 0) return t('verifyCredential.failed', { count: failed })
  return unchecked > 0 ? t('verifyCredential.unchecked', { count: unchecked }) : t('verifyCredential.passed')
}
