/** What went wrong, in words. */
import type { Misfit, Problem } from '#core/problem.ts'
import type { View } from './view.ts'

const valueOfRule = (value: unknown) =>
  Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value)

export function problemWords(
  { t }: Pick<View, 't'>,
  { code, values, misfits }: Pick<Problem, 'code' | 'values' | 'misfits'>,
) {
  return {
    title: t(`problem.${code}.title`, values),
    detail: [t(`problem.${code}.detail`, values), placeOf(values)].filter(Boolean).join(' '),
    next: t(`problem.${code}.next`, values),
    misfits: misfits.map((misfit) => `${misfit.place || '/'}: ${ruleWords({ t }, misfit)}`),
  }
}

/** What is wrong with one value, without saying where it stands. */
export const ruleWords = ({ t }: Pick<View, 't'>, { rule, values }: Misfit): string =>
  t(ruleKey(rule), Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueOfRule(value)])))

const rules = new Set([
  'required',
  'type',
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'additionalProperties',
  'minProperties',
  'maxProperties',
  'vocabulary',
  'originalLanguage',
  'notTranslatable',
  'propertyNames',
  'anyOf',
  'commonPassword',
  'levels',
  'level',
  'handedIn',
  'reviewsNeeded',
  'unknownField',
  'wholeNumber',
  'noAccount',
  'interest.coauthor',
  'judge.coauthor',
  'askedBefore',
  'judge.colleague',
  'wrongPassword',
  'lastOperator',
  'known',
  'tooManyKeys',
  'recordLink',
  'unknownName',
  'nearName',
  'currency',
  'bothParts',
  'unreadable',
  'titleColumn',
  'repeatedRow',
  'noFile',
  'fileType',
  'fileTooLarge',
  'alternative',
  'unknownFile',
  'interest.author',
  'interest.colleague',
  'interest.role',
])
const ruleKey = (rule: string) => `rule.${rules.has(rule) ? rule : 'other'}`

/** `(list.csv:12:5)`, as editors take it, where a problem knows its place. */
const placeOf = ({ file, line, column }: Problem['values']) =>
  line === undefined ? '' : `(${[file, line, column].filter((part) => part !== undefined).join(':')})`
