/** One thing that is new, as pages and e-mails tell it. */
import type { StoredRecord, Texts } from '#records/record.ts'
import type { SubscriptionRow } from './tables.ts'

export const whatsNew = ['new', 'changed', 'linked', 'reviewed', 'underReview', 'withdrawn'] as const
export type NewsLine = {
  /** The record to go to. */
  id: string
  /** Nothing where it is withdrawn: it is not shown any more. */
  title: Texts | null
  originalLanguage: string
  kind: string
  what: (typeof whatsNew)[number]
}
export type News = { total: number; lines: NewsLine[] }
export type Since = Pick<SubscriptionRow, 'id' | 'recordId' | 'query' | 'language'> & { seq: number; at: string }

export const nothingNew: News = { total: 0, lines: [] }

export const lineOf = ({ id, kind, body }: StoredRecord, what: NewsLine['what']): NewsLine => ({
  id,
  kind,
  title: body.title,
  originalLanguage: body.originalLanguage,
  what,
})
