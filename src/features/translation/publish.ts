/** A translation becomes part of a record, with the name of who made it. */
import { nameOf, type Context } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { checkChange } from '#records/check.ts'
import type { Kind } from '#records/kind.ts'
import type { Body, StoredRecord } from '#records/record.ts'
import type { StoredRow } from '#records/store.ts'
import { textsIn, withTexts } from '#records/translatable-text.ts'
import { change } from '#records/write.ts'
import { personOf } from './rights.ts'
import { madeTranslations } from './store.ts'

export type Given = { language: string; texts: Readonly<Record<string, string>>; machine: boolean }

/** @throws Problem invalid where a text is none of the record’s, or the language is that of the original */
export function expectTranslatable(kind: Kind, body: Body, { language, texts }: Given): void {
  const translatable = new Set(textsIn(kind, body).map(({ place }) => place))
  const violations = Object.keys(texts)
    .filter((place) => !translatable.has(place))
    .map((place) => ({ place: `texts.${place}`, rule: 'notTranslatable', values: { field: place } }))
  if (language === body.originalLanguage)
    violations.push({ place: 'language', rule: 'originalLanguage', values: { field: language } })
  if (violations.length) throw new Problem('invalid', { count: violations.length }, { violations })
}

/** The places of those texts that are not what readers see already. */
export function changedPlaces(kind: Kind, body: Body, language: string, texts: Given['texts']): string[] {
  const present = new Map(textsIn(kind, body).map((one) => [one.place, one.texts[language]]))
  return Object.keys(texts).filter((place) => texts[place] !== present.get(place))
}

type How = Given & {
  /** The version of the original that it was made from. */
  ofRevision: number
  translatorId: string | null
  acceptedBy?: string
}

export async function publishTranslation(
  context: Context,
  { record, kind }: { record: StoredRow; kind: Kind },
  { ofRevision: madeFrom, translatorId, acceptedBy, ...given }: How,
): Promise<StoredRecord> {
  const { language, texts, machine } = given
  expectTranslatable(kind, record.body, given)
  const body = checkChange(kind, record.body, withTexts(kind, record.body, language, texts))
  // A translation is as old as its oldest text: one that leaves some behind does not become current by it.
  const before = record.translations[language]
  const leavesSome = textsIn(kind, record.body).some(
    ({ place, texts: known }) => !(place in texts) && language in known,
  )
  const ofRevision = leavesSome && before ? Math.min(before.ofRevision, madeFrom) : madeFrom
  const translations = {
    ...record.translations,
    [language]: { ofRevision, machine: machine || (leavesSome && before?.machine === true) },
  }
  const after = await change(context, kind, record, 'translate', { body, translations })
  await madeTranslations(context.db).add({
    recordId: record.id,
    revision: after.revision,
    language,
    translatorId: translatorId ?? (personOf(context.actor) || nameOf(context.actor)),
    acceptedBy: acceptedBy ?? null,
    at: after.changedAt,
  })
  return after
}
