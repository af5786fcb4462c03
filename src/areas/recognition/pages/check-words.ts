/** The checks of a credential in words. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { View } from '#ui/view.ts'
import type { Check } from '../verification/verification.ts'

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

/** How all of it came out, in one sentence that hides nothing. */
export function verdictOf(
  { t }: Pick<View, 't'>,
  { failed, unchecked }: { failed: number; unchecked: number },
): string {
  if (failed > 0) return t('verifyCredential.failed', { count: failed })
  return unchecked > 0 ? t('verifyCredential.unchecked', { count: unchecked }) : t('verifyCredential.passed')
}
