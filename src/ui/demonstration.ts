/** The mark of what shows how something looks and is about nothing real. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { StoredRecord } from '#records/record.ts'
import type { View } from './view.ts'

export const demonstrationMark = ({ t }: View): Html =>
  html`<strong class="mark demonstration">${t('demonstration.mark')}</strong>`

/** The mark where the record is one. */
export const markIfDemonstration = (view: View, record: Pick<StoredRecord, 'origin'>): Content =>
  isDemonstration(record) && demonstrationMark(view)

/** What a reader must know before they read on. */
export const demonstrationNotice = (view: View, record: Pick<StoredRecord, 'origin'>): Content =>
  isDemonstration(record) && html`<p class="warning">${view.t('demonstration.notice')}</p>`
