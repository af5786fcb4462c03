/** What went wrong, in words. */
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { hasMessage, wordsOr } from '#kernel/i18n/messages.ts'
import { problemIn, type Violation, type Problem } from '#kernel/problem.ts'
import type { View } from './view.ts'

const valueOfRule = (value: unknown) =>
  typeof value === 'number'
    ? value
    : Array.isArray(value)
      ? value.join(', ')
      : typeof value === 'object' && value !== null
        ? JSON.stringify(value)
        : String(value)

export const problemWords = ({ t }: Pick<View, 't'>, problem: Pick<Problem, 'code' | 'values'>) =>
  unknownWords(t, problem.values) ?? wordsOfCode(t, problem)

/** What was kept of a failure, in words: of a problem those of its pages, of all else what it says itself. */
export function failureWords({ t, f }: Pick<View, 't' | 'f'>, message: string): { what: string; next?: string } {
  const problem = problemIn(message)
  if (!problem) return { what: message }
  const { code, values } = problem
  if (!values) return { what: t(`problem.${code}.title`) }
  const { title, detail, next } = problemWords({ t }, { code, values })
  return { what: `${title}${f.stop}${detail}`, next }
}

/** What a name stands for that nothing here has: a page is not what a program or a command asked for. */
function unknownWords(t: View['t'], { sort, what = '' }: Problem['values']) {
  const key = `unknown.${sort}`
  return hasMessage(key) ? { title: t('unknown.title'), detail: t(key, { what }), next: t('unknown.next') } : undefined
}

const wordsOfCode = (t: View['t'], { code, values }: Pick<Problem, 'code' | 'values'>) => ({
  title: t(`problem.${code}.title`, values),
  detail: [t(`problem.${code}.detail`, values), placeOf(values)].filter(Boolean).join(' '),
  next: t(`problem.${code}.next`, values),
})

/** What is wrong with each value, and where it stands. */
export const violationWords = ({ t, f }: Pick<View, 't' | 'f'>, violations: readonly Violation[]): string[] =>
  violations.map((violation) => `${violation.place || '/'}${f.colon}${ruleWords({ t }, violation)}`)

/** What is wrong with one value, without saying where it stands. */
export const ruleWords = ({ t }: Pick<View, 't'>, { rule, values }: Violation): string =>
  t(
    ruleKey(wayOf(rule, values)),
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueOfRule(value)])),
  )

/** Why something was refused; the rule that it breaks is said in words too. */
export function noteWords({ t }: Pick<View, 't'>, code: string, values: Readonly<Record<string, unknown>>): string {
  const told = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueOfRule(value)]))
  if (typeof values.problem === 'string') told.problem = wordsOr(t, `problem.${values.problem}.title`, values.problem)
  const rule = code === 'misfit' && { rule: ruleWords({ t }, { place: '', rule: String(values.rule), values: told }) }
  return wordsOr(t, `note.${code}`, `${code} ${JSON.stringify(told)}`, { ...told, ...rule })
}

/** Of a name or value that is not known there is more to say where it is known what is. */
const wayOf = (rule: string, values: Violation['values']): string =>
  rule === 'additionalProperties' && 'known' in values
    ? 'meant' in values
      ? 'misspeltName'
      : 'noSuchName'
    : rule === 'unknownValue' && 'meant' in values
      ? 'misspeltValue'
      : rule

const ruleKey = (rule: string): MessageKey => {
  const key = `rule.${rule}`
  return hasMessage(key) ? key : 'rule.other'
}

/** `(list.csv:12:5)`, as editors take it, where a problem knows its place. */
const placeOf = ({ file, line, column }: Problem['values']) =>
  line === undefined ? '' : `(${[file, line, column].filter((part) => part !== undefined).join(':')})`
