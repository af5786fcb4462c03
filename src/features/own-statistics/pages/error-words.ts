/** What is wrong with a table of statistics, in words: where, what, how to mend it. */
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { breakdownWords } from '#features/indicators/pages/value-words.ts'
import { plainLabel, type View } from '#ui/view.ts'
import type { Preview } from '../operations.ts'

type WrongCell = Preview['errors'][number]

export type ErrorWords = { row: string; column: string; cell: string; wrong: string; mend: string }

export function errorWords(view: View, { row, column, cell, rule, values }: WrongCell): ErrorWords {
  const { t, f } = view
  const { near, offered } = values
  const told = {
    ...values,
    ...(typeof near === 'string' && { near: plainLabel(view, 'countries', near) }),
    ...(typeof offered === 'string' && { offered: offeredWords(view, offered) }),
    ...(typeof values['year'] === 'number' && { year: String(values['year']) }),
  }
  return {
    row: row === 0 ? t('statistics.wholeFile') : f.number(row),
    column,
    cell,
    wrong: t(`statistics.wrong.${rule}` as MessageKey, told as never),
    mend: t(`statistics.mend.${rule}` as MessageKey, told as never),
  }
}

const offeredWords = (view: View, offered: string): string =>
  offered
    .split(' | ')
    .map((key) => breakdownWords(view, key) || view.t('indicators.total'))
    .join('; ')

export function errorRows(view: View, errors: readonly WrongCell[]): string[][] {
  const { t } = view
  const head = (['row', 'column', 'cell', 'wrong', 'mend'] as const).map((name) => t(`sheet.error.${name}`))
  return [head, ...errors.map((error) => Object.values(errorWords(view, error)))]
}
