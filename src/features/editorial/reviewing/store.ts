/** The queries of reviews that are being written. No rules in here. */
import type { Kysely } from 'kysely'
import type { ReviewingTables, SpreadsheetRow } from './tables.ts'

/** A score as its reviewer gives it; the level is missing until they did. */
export type Given = { criterion: string; level?: number | undefined; reason: string }
export type SpreadsheetBody = {
  scores: Given[]
  verdict?: 'sound' | 'weaknesses' | undefined
  summary: string
  strong: string
  weak: string
  /** The record that it became. */
  publishedAs?: string | undefined
}
export type Spreadsheet = Omit<SpreadsheetRow, 'body'> & SpreadsheetBody

const open = ({ body, ...rest }: SpreadsheetRow): Spreadsheet => ({ ...rest, ...(JSON.parse(body) as SpreadsheetBody) })

export const sheets = (db: Kysely<unknown>) => {
  const own = db.withTables<ReviewingTables>()
  return {
    /** The reviews of one submission, newest round first. */
    of: async (draftId: string): Promise<Spreadsheet[]> =>
      (
        await own
          .selectFrom('review_sheet')
          .selectAll()
          .where('draftId', '=', draftId)
          .orderBy('round', 'desc')
          .orderBy('handedInAt')
          .orderBy('reviewerId')
          .execute()
      ).map(open),
    /** The reviews by one reviewer, newest first. */
    by: async (reviewerId: string): Promise<Spreadsheet[]> =>
      (
        await own
          .selectFrom('review_sheet')
          .selectAll()
          .where('reviewerId', '=', reviewerId)
          .orderBy('changedAt', 'desc')
          .execute()
      ).map(open),
    /** Whose review became this record. */
    authorsOf: async (publishedAs: string): Promise<string[]> =>
      (
        await own
          .selectFrom('review_sheet')
          .select('reviewerId')
          .distinct()
          .where('body', 'like', `%"publishedAs":"${publishedAs}"%`)
          .execute()
      ).map(({ reviewerId }) => reviewerId),
    put: async (sheet: Spreadsheet): Promise<void> => {
      const { scores, verdict, summary, strong, weak, publishedAs, ...row } = sheet
      const body = JSON.stringify({ scores, verdict, summary, strong, weak, publishedAs })
      const { draftId: _, reviewerId: __, round: ___, ...rest } = row
      await own
        .insertInto('review_sheet')
        .values({ ...row, body })
        .onConflict((conflict) => conflict.columns(['draftId', 'reviewerId', 'round']).doUpdateSet({ ...rest, body }))
        .execute()
    },
  }
}
