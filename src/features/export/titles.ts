/** Names of the organisations that stand in citations. */
import { bestText } from '#kernel/i18n/languages.ts'
import { readMany } from '#records/read-many.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { View } from '#ui/view.ts'
import { namedIn, type Titles } from './people.ts'

type Linked = { id: string; title: Texts; originalLanguage: string }

export const titlesOfLinked = (view: Pick<View, 'language'>, linked: readonly Linked[]): Titles =>
  new Map(linked.map(({ id, title, originalLanguage }) => [id, bestText(title, view.language, originalLanguage).text]))

const atOnce = 100

/** Reads the organisations that these records name: none, and no question, where they name none. */
export async function titlesFor(
  ask: PageContext['ask'],
  view: Pick<View, 'language'>,
  records: readonly StoredRecord[],
): Promise<Titles> {
  const ids = namedIn(records)
  const found: Linked[] = []
  for (let from = 0; from < ids.length; from += atOnce) {
    const { records: read } = await ask(readMany, { ids: ids.slice(from, from + atOnce) })
    found.push(...(read as StoredRecord[]).map(({ id, body }) => ({ ...body, id })))
  }
  return titlesOfLinked(view, found)
}
