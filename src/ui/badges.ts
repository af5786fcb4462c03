/** Small signs beside a title: how it ended, do or avoid, which language this is. Each says in words what it shows. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { attachmentsIn, isPicture } from '#records/attachment.ts'
import { isOutOfDate, type StoredRecord } from '#records/record.ts'
import { fileAddress } from '#records/attachment.ts'
import { picture, technologyPicture } from './pictures.ts'
import { label, languageWithin, withoutRegion, type View } from './view.ts'

/** What is shown small is fetched whole: what is heavier waits for the page of the record. */
const heaviestThumbnail = 40_000

export const outcomeBadge = (view: View, outcome: unknown): Content =>
  typeof outcome === 'string' &&
  html`<span class="outcome ${outcome}">${picture(view, outcome)} ${label(view, 'outcomes', outcome)}</span>`

const signs: Record<string, string> = { do: 'worked', avoid: 'did-not-work', depends: 'partly-worked' }

export const polarityBadge = (view: View, polarity: unknown): Content =>
  typeof polarity === 'string' &&
  html`<span class="outcome ${signs[polarity] ?? ''}">${picture(view, signs[polarity] ?? 'other')} ${label(view, 'polarities', polarity)}</span>`

type Marked = Pick<StoredRecord, 'translations' | 'sourceRevision' | 'body'>

/** Which language the title is in where it is not the reader's, and what a translation is worth. */
export function languageMark(view: View, record: Marked): Content {
  const { title, originalLanguage } = record.body
  const { language } = bestText(title, view.language, originalLanguage)
  if (language.split('-')[0] !== view.language && language !== 'und')
    return html`<span class="mark">${view.t('record.inLanguage', { language: languageWithin(view, withoutRegion(language)) })}</span>`
  const translation = record.translations[view.language]
  if (!translation) return nothing
  return html`${translation.machine && html`<span class="mark">${view.t('translation.machineShort')}</span>`}${isOutOfDate(record, view.language) && html`<span class="mark">${view.t('translation.outOfDateShort')}</span>`}`
}

/** A picture of the record's own where it has a light one, else the drawn one of what it uses. */
export function faceOf(view: View, { body }: Pick<StoredRecord, 'body'>): Html | undefined {
  const image = attachmentsIn(body).find((one) => isPicture(one) && one.bytes <= heaviestThumbnail)
  if (image) return html`<img src="${fileAddress(image)}" alt="" loading="lazy" />`
  const [technology] = (body.technologies ?? []) as string[]
  return technology === undefined ? undefined : technologyPicture(view, technology)
}

/** The area that a record is of, for the colour of its face. */
export const areaOf = ({ body }: Pick<StoredRecord, 'body'>): string => (body.areas as string[] | undefined)?.[0] ?? ''
