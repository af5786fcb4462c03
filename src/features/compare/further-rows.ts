/** Rows of a comparison that are in no field: what a feature computes of the records of its kind. */
import type { Feature } from '#kernel/feature.ts'
import type { Content } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { View } from '#ui/view.ts'

/** One for each record, in their order: for the page, and for a file. */
export type FurtherRow = { name: string; cells: readonly { shown: Content; plain: string }[] }
export type FurtherRows = (
  pageContext: PageContext,
  view: View,
  records: readonly StoredRecord[],
) => Promise<readonly FurtherRow[]>

declare module '#kernel/feature.ts' {
  interface Feature {
    /** By the name of a kind: rows that stand first where its records are compared. */
    comparedBy?: Readonly<Record<string, FurtherRows>>
  }
}

/** What all features tell of these records, which are of one kind. */
export async function furtherRows(
  features: readonly Feature[],
  {
    pageContext,
    view,
    kind,
    records,
  }: { pageContext: PageContext; view: View; kind: string; records: readonly StoredRecord[] },
): Promise<FurtherRow[]> {
  const tellers = features.flatMap(({ comparedBy }) => comparedBy?.[kind] ?? [])
  return (await Promise.all(tellers.map((tell) => tell(pageContext, view, records)))).flat()
}
