/** What people here translated of a record stays when its source, which goes on sending it, sends it anew. */
import { nameOf, type Context } from '#kernel/context.ts'
import type { Kind } from '../kind.ts'
import type { Body } from '../record.ts'
import { records, type StoredRow } from '../store.ts'
import { textsIn, withTexts } from '../translatable-text.ts'
import { isSame } from './sum-up.ts'

type Translations = StoredRow['translations']

const textsOf = (kind: Kind, body: Body, language: string): Record<string, string> =>
  Object.fromEntries(
    textsIn(kind, body).flatMap(({ place, texts }) =>
      texts[language] === undefined ? [] : [[place, texts[language]]],
    ),
  )

/** The body without its texts in these languages. */
function without(kind: Kind, body: Body, languages: readonly string[]): Body {
  const copy = structuredClone(body)
  for (const { texts } of textsIn(kind, copy)) for (const language of languages) delete texts[language]
  return copy
}

/** A new body of the source with what was translated here, as far as the texts that were translated are still there. */
export function withTranslationsOf(
  kind: Kind,
  before: Pick<StoredRow, 'body' | 'translations'>,
  body: Body,
): { body: Body; kept: Translations } {
  const kept: Translations = {}
  let merged = body
  for (const language of Object.keys(before.translations)) {
    if (language === body.originalLanguage) continue
    merged = withTexts(kind, merged, language, textsOf(kind, before.body, language))
    if (Object.keys(textsOf(kind, merged, language)).length > 0) kept[language] = before.translations[language]!
  }
  return { body: merged, kept }
}

/** Whether people did nothing but translate a record since its source last sent it. */
export async function isOnlyTranslated({ db, actor }: Context, kind: Kind, before: StoredRow): Promise<boolean> {
  if (before.status !== 'published' || before.note !== null) return false
  const versions = await records(db).versions(before.number)
  const last = versions
    .filter(({ changedBy }) => changedBy === nameOf(actor))
    .sort((a, b) => b.revision - a.revision)[0]
  if (!last || last.status !== 'published') return false
  if (versions.some(({ revision, note }) => revision > last.revision && note !== null)) return false
  const translated = Object.keys(before.translations)
  return isSame(without(kind, before.body, translated), without(kind, last.body, translated))
}
