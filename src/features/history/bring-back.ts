/** Bringing back an earlier version of a record, or its translation into one language, as a new version. */
import { sql, type Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Migration } from '#kernel/database/migrate.ts'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { may } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { publishTranslation } from '#features/translation/publish.ts'
import { expectLanguage, rightOf } from '#features/translation/rights.ts'
import { concernedBy, tell } from '#features/translation/notices.ts'
import { checkChange, isSourceChanged } from '#records/check.ts'
import { Id, Revision } from '#records/inputs.ts'
import type { Kind } from '#records/kind.ts'
import { findRecord } from '#records/operations.ts'
import { StoredRecord } from '#records/record.ts'
import { records, type StoredRow } from '#records/store.ts'
import { textsIn } from '#records/translatable-text.ts'
import { change, expectRevision } from '#records/write.ts'

type Row = { recordId: string; revision: number; fromRevision: number; language: string | null }
const rowsIn = (db: Kysely<unknown>) => db.withTables<{ brought_back: Row }>()

export const bringBackMigration: Migration = {
  name: '0091-house-brought-back',
  up: async (db) => {
    await sql
      .raw(
        'create table brought_back ("recordId" text not null, revision integer not null, "fromRevision" integer not null, language text, primary key ("recordId", revision))',
      )
      .execute(db)
  },
}

type Of = { record: StoredRow; kind: Kind }

/** @throws Problem versionNotFound */
async function findVersion({ db }: Context, record: StoredRow, revision: number): Promise<StoredRecord> {
  const found = revision < record.revision ? await records(db).version(record.number, revision) : undefined
  if (!found || found.status === 'withdrawn') throw new Problem('versionNotFound', { id: record.id, revision })
  return found
}

/** The translations of that version: of today’s original where they were of its own, else as old as they were. */
const translationsOf = ({ translations, sourceRevision }: StoredRecord, today: number): StoredRow['translations'] =>
  Object.fromEntries(
    Object.entries(translations).map(([language, made]) => [
      language,
      { ...made, ofRevision: made.ofRevision >= sourceRevision ? today : Math.min(made.ofRevision, today - 1) },
    ]),
  )

/** What it says less well than today by what its kind asks is refused, as in any change. */
async function bringBackWhole(context: Context, { record, kind }: Of, old: StoredRecord, note: string | null) {
  const body = checkChange(kind, record.body, old.body)
  const today = isSourceChanged(kind, record.body, body) ? record.revision + 1 : record.sourceRevision
  return change(context, kind, record, 'revise', { body, translations: translationsOf(old, today), note })
}

/** @throws Problem invalid where it had no such translation, or none of its texts is a text of today’s record */
async function bringBackTranslation(context: Context, { record, kind }: Of, old: StoredRecord, language: string) {
  const known = new Set(textsIn(kind, record.body).map(({ place }) => place))
  const texts = Object.fromEntries(
    textsIn(kind, old.body).flatMap(({ place, texts: all }) =>
      known.has(place) && all[language] !== undefined ? [[place, all[language]]] : [],
    ),
  )
  const made = old.translations[language]
  if (!made || Object.keys(texts).length === 0) throw violation('language', 'noTranslation', { language })
  const told = await concernedBy(context, record, language)
  const after = await publishTranslation(
    context,
    { record, kind },
    {
      language,
      texts,
      machine: made.machine,
      ofRevision: isSourceChanged(kind, old.body, record.body) ? made.ofRevision : record.sourceRevision,
      translatorId: null,
    },
  )
  const path = `/records/${record.id}/difference?from=${record.revision}&to=${after.revision}`
  await tell(context, told, { about: 'translationPublished', language, path, record, places: Object.keys(texts) })
  return after
}

export const bringBack = operation({
  name: 'records.bringBack',
  summary: 'Bring back an earlier version of a record, or its translation into one language; it becomes a new version',
  http: 'POST /records/:id/versions/:version/bring-back',
  input: Type.Object(
    {
      id: Id,
      version: Type.Integer({ ...Revision, description: 'The version that comes back' }),
      revision: Type.Integer({ ...Revision, description: 'The newest version, from which this change was made' }),
      language: Type.Optional(
        Type.String({ minLength: 1, maxLength: 35, description: 'Only the translation into this language' }),
      ),
      reason: Type.Optional(Type.String({ maxLength: 2_000, description: 'Shown to readers' })),
    },
    closed,
  ),
  output: StoredRecord,
  // Whose translation it is decides too, which the database alone can tell.
  allow: (actor) => actor.kind !== 'anyone',
  run: async (context, { id, version, revision, language: tag, reason }) => {
    const { record, kind } = await findRecord(context, id)
    const language = tag === undefined ? undefined : expectLanguage(tag)
    if (!(await mayBringBack(context, { record, kind }, language)))
      throw new Problem('forbidden', { operation: 'records.bringBack' })
    expectRevision(record, revision)
    const old = await findVersion(context, record, version)
    const after =
      language === undefined
        ? await bringBackWhole(context, { record, kind }, old, reason?.trim() || null)
        : await bringBackTranslation(context, { record, kind }, old, language)
    await rowsIn(context.db)
      .insertInto('brought_back')
      .values({ recordId: id, revision: after.revision, fromRevision: version, language: language ?? null })
      .execute()
    return after
  },
})

/** Curators the whole of it, unless the system alone makes such records; a translation whoever may publish one. */
async function mayBringBack(context: Context, { record, kind }: Of, language: string | undefined): Promise<boolean> {
  if (language !== undefined) return (await rightOf(context, { record, kind }, language)) === 'publish'
  return may(context.actor, 'record.publish') && kind.isMadeBySystem !== true
}

export const listBroughtBack = operation({
  name: 'records.broughtBack',
  summary: 'List which versions of a record were brought back, and which parts you may bring back',
  http: 'GET /records/:id/brought-back',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    broughtBack: Type.Array(
      Type.Object({
        revision: Type.Integer(),
        from: Type.Integer({ description: 'The version that came back' }),
        language: Type.Union([Type.String(), Type.Null()], { description: 'Of a translation alone' }),
      }),
    ),
    mayWhole: Type.Boolean(),
    mayTranslations: Type.Array(Type.String(), { description: 'Languages whose translations may be brought back' }),
  }),
  allow: () => true,
  run: async (context, { id }) => {
    const { record, kind } = await findRecord(context, id, { withdrawnToo: true })
    const rows = await rowsIn(context.db)
      .selectFrom('brought_back')
      .selectAll()
      .where('recordId', '=', id)
      .orderBy('revision', 'desc')
      .execute()
    const isThere = record.status === 'published'
    const mayTranslations: string[] = []
    for (const language of isThere ? Object.keys(record.translations) : [])
      if (await mayBringBack(context, { record, kind }, language)) mayTranslations.push(language)
    return {
      broughtBack: rows.map(({ revision, fromRevision, language }) => ({ revision, from: fromRevision, language })),
      mayWhole: isThere && (await mayBringBack(context, { record, kind }, undefined)),
      mayTranslations,
    }
  },
})
