/** Translating a record: at once by those who may, else as a suggestion that waits for them. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { countTry, isLetPass } from '#accounts/rate-limit.ts'
import { personIn } from '#accounts/sessions.ts'
import { newId } from '#records/identifier.ts'
import { Id, Revision } from '#records/inputs.ts'
import { translatedBy } from '#records/kind.ts'
import { findRecord } from '#records/operations.ts'
import { StoredRecord } from '#records/record.ts'
import { expectRevision } from '#records/write.ts'
import { concernedBy, judgesOf, tell } from './notices.ts'
import { changedPlaces, expectTranslatable, publishTranslation } from './publish.ts'
import { expectLanguage, rightOf, rights, type Right } from './rights.ts'
import { lineOf, SuggestionLine } from './shapes.ts'
import { suggestions } from './store.ts'

/** So many of one person may wait at a time. */
export const mostWaiting = 20

const mostTexts = 1_000
const Language = Type.String({
  minLength: 1,
  maxLength: 35,
  description: 'A language tag (BCP 47): a language that is known, with a script and a region where it needs them',
})
const asked = {
  id: Id,
  language: Language,
  revision: Revision,
  texts: Type.Record(Type.String({ maxLength: 200 }), Type.String({ minLength: 1, maxLength: 100_000 }), {
    description: 'By place: { "title": "…", "summary": "…", "problemsMet.0.trouble": "…" }',
    minProperties: 1,
    maxProperties: mostTexts,
  }),
  machine: Type.Boolean({ default: false, description: 'Whether a machine translated it' }),
}

export const translate = operation({
  name: 'records.translate',
  summary: 'Publish a translation of a record’s texts: its authors, curators and translators trusted with the language',
  http: 'PUT /records/:id/translations/:language',
  input: Type.Object(asked, closed),
  output: StoredRecord,
  allow: permission('record.translate'),
  run: async (context, { id, language: tag, revision, texts, machine }) => {
    const language = expectLanguage(tag)
    const { record, kind } = await findRecord(context, id)
    expectRight(await rightOf(context, { record, kind }, language), id, language)
    expectRevision(record, revision)
    const told = await concernedBy(context, record, language)
    const given = { language, texts, machine, ofRevision: record.sourceRevision, translatorId: null }
    const after = await publishTranslation(context, { record, kind }, given)
    const path = `/records/${id}/difference?from=${record.revision}&to=${after.revision}`
    await tell(context, told, {
      about: 'translationPublished',
      language,
      path,
      record,
      places: changedPlaces(kind, record.body, language, texts),
    })
    return after
  },
})

/** @throws Problem translationMustBeAccepted where it can be suggested, forbidden where not even that */
function expectRight(right: Right, id: string, language: string): void {
  if (right === 'suggest') throw new Problem('translationMustBeAccepted', { id, language })
  if (right === 'none') throw new Problem('forbidden', { operation: 'records.translate' })
}

export const translationRight = operation({
  name: 'translations.right',
  summary: 'Tell whether you may publish a translation of a record, suggest one, or neither',
  http: 'GET /records/:id/translations/:language/right',
  input: Type.Object({ id: Id, language: Language }, closed),
  output: Type.Object({
    language: Type.String({ description: 'The tag in its canonical form' }),
    right: Type.Enum([...rights]),
    translatedBy: Type.Enum([...translatedBy], { description: 'Who may translate records of this kind at all' }),
    waiting: Type.Union([SuggestionLine, Type.Null()], { description: 'One’s own suggestion that waits' }),
    texts: Type.Record(Type.String(), Type.String(), { description: 'Of that suggestion, by place' }),
    machine: Type.Boolean(),
  }),
  allow: (actor) => actor.kind !== 'anyone',
  run: async (context, { id, language: tag }) => {
    const language = expectLanguage(tag)
    const { record, kind } = await findRecord(context, id)
    const own = await ownWaiting(context, id, language)
    return {
      language,
      right: await rightOf(context, { record, kind }, language),
      translatedBy: kind.translatedBy ?? 'everyone',
      waiting: own ? await lineOf(context, own) : null,
      texts: own?.texts ?? {},
      machine: own?.machine ?? false,
    }
  },
})

async function ownWaiting({ db, actor }: Pick<Context, 'db' | 'actor'>, recordId: string, language: string) {
  if (actor.kind !== 'person') return undefined
  const found = await suggestions(db).list(
    { byId: actor.id, state: 'waiting', recordId, language },
    { after: 0, limit: mostWaiting },
  )
  return found.find((one) => one.language === language)
}

export const suggest = operation({
  name: 'translations.suggest',
  summary:
    'Suggest a translation of a record; readers see it once one of its authors, a curator or a trusted translator accepts it',
  http: 'POST /records/:id/translations/:language/suggestions',
  input: Type.Object(asked, closed),
  output: SuggestionLine,
  allow: permission('record.translate'),
  makes: ({ id }) => `/translation-suggestions/${id}`,
  run: async (context, { id, language: tag, revision, texts, machine }) => {
    const { db, now, random } = context
    const byId = personIn(context)
    const language = expectLanguage(tag)
    const { record, kind } = await findRecord(context, id)
    if ((await rightOf(context, { record, kind }, language)) === 'none')
      throw new Problem('forbidden', { operation: 'translations.suggest' })
    expectRevision(record, revision)
    expectTranslatable(kind, record.body, { language, texts, machine })
    const before = await ownWaiting(context, id, language)
    const store = suggestions(db)
    if (!before && (await store.count({ byId, state: 'waiting' })) >= mostWaiting)
      throw violation('texts', 'tooManySuggestions', { limit: String(mostWaiting) })
    if (!(await isLetPass(db, 'suggestionsBy', byId, now()))) throw new Problem('tooManyTries')
    await countTry(db, 'suggestionsBy', byId, now())
    const suggested = {
      id: before?.id ?? newId(random),
      recordId: id,
      kind: kind.name,
      language,
      ofRevision: record.sourceRevision,
      texts,
      machine,
      byId,
      at: now().toISOString(),
      state: 'waiting' as const,
      judgedBy: null,
      judgedAt: null,
      reason: '',
      revision: null,
    }
    await store.put(suggested)
    // Whoever improves their own suggestion again and again sends one e-mail.
    if (!before) {
      const path = `/translations/${suggested.id}`
      const judges = await judgesOf(context, record, language)
      await tell(context, judges, {
        about: 'translationWaiting',
        language,
        path,
        record,
        places: changedPlaces(kind, record.body, language, texts),
      })
    }
    return lineOf(context, suggested)
  },
})
