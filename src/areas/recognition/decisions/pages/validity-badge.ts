/** Whether a decision still counts, as a word with a sign. */
import { html, type Html } from '#kernel/html/html.ts'
import { picture } from '#ui/pictures.ts'
import type { View } from '#ui/view.ts'
import type { Validity } from '../validity.ts'

const signs: Record<Validity, string> = {
  valid: 'worked',
  ending: 'partly-worked',
  upcoming: 'partly-worked',
  ended: 'stopped',
  unknown: 'partly-worked',
}

export const validityBadge = (view: View, validity: Validity): Html =>
  html`<span class="outcome ${signs[validity]}" data-state="${validity}">${picture(view, signs[validity])} ${validityWord(view, validity)}</span>`

const validityWord = ({ t }: View, validity: Validity): string =>
  ({
    valid: t('validity.valid'),
    ending: t('validity.ending'),
    upcoming: t('validity.upcoming'),
    ended: t('validity.ended'),
    unknown: t('validity.unknown'),
  })[validity]

type Dates = { validFrom?: string | undefined; validUntil?: string | undefined; register?: string | undefined }

export function validityDates({ t, f }: View, { validFrom, validUntil, register }: Dates): string {
  if (validFrom && validUntil) return t('validity.between', { from: f.day(validFrom), until: f.day(validUntil) })
  if (validUntil) return t('validity.until', { until: f.day(validUntil) })
  if (validFrom && register) return t('validity.decided', { day: f.day(validFrom) })
  return validFrom ? t('validity.from', { from: f.day(validFrom) }) : t('validity.open')
}
