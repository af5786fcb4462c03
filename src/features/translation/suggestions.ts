/** Translations that were suggested: listing, reading, accepting, declining, withdrawing them. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { ofOthers, Problem, noSuch } from '#kernel/problem.ts'
import { personIn } from '#accounts/sessions.ts'
import { recordId } from '#records/fields.ts'
import { Id, Revision } from '#records/inputs.ts'
import { findRecord } from '#records/operations.ts'
import { records } from '#records/store.ts'
import { textsIn } from '#records/translatable-text.ts'
import { expectRevision } from '#records/write.ts'
import { concernedBy, tell } from './notices.ts'
import { changedPlaces, publishTranslation } from './publish.ts'
import { expectLanguage, judgedBy, personOf, rightOf } from './rights.ts'
import { lineOf, linesOf, SuggestionLine } from './shapes.ts'
import { madeTranslations, suggestions, type Filters, type Suggested } from './store.ts'
import { suggestionStates } from './tables.ts'

export const listSuggestions = operation({
  name: 'translations.suggestions',
  summary: 'List the suggested translations that one may accept or decline, or those that one suggested',
  http: 'GET /translation-suggestions',
  input: Type.Object(
    {
      mine: Type.Boolean({ default: false, description: 'Those that one suggested oneself' }),
      state: Type.Optional(Type.Enum([...suggestionStates], { description: 'Waiting where absent, unless mine' })),
      language: Type.Optional(Type.String({ maxLength: 35 })),
      record: Type.Optional(Type.String({ pattern: recordId })),
      after: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 25 }),
    },
    closed,
  ),
  output: Type.Object({
    suggestions: Type.Array(SuggestionLine),
    count: Type.Integer({ description: 'All that match' }),
    next: Type.Union([Type.Integer(), Type.Null()]),
  }),
  allow: (actor) => actor.kind !== 'anyone',
  run: async (context, { mine, state, language: tag, record, after, limit }) => {
    const store = suggestions(context.db)
    const language = tag ? expectLanguage(tag) : undefined
    const filters: Filters = mine
      ? { byId: personIn(context), state, language, recordId: record }
      : { judged: await judgedBy(context), state: state ?? 'waiting', language, recordId: record }
    const found = await store.list(filters, { after, limit: limit + 1 })
    return {
      suggestions: await linesOf(context, found.slice(0, limit)),
      count: await store.count(filters),
      next: found.length > limit ? after + limit : null,
    }
  },
})

const SuggestedText = Type.Object({
  place: Type.String(),
  original: Type.String({ description: 'Empty where the record has no such text any more' }),
  originalThen: Type.Union([Type.String(), Type.Null()], {
    description: 'What the original said when it was translated; null where it says so still',
  }),
  present: Type.String({ description: 'The translation that readers see; empty where there is none' }),
  suggested: Type.String(),
})

export const Suggestion = Type.Object({
  ...SuggestionLine.properties,
  newest: Type.Integer({ description: 'The version of the record; 0 where it was withdrawn' }),
  texts: Type.Array(SuggestedText),
  mayJudge: Type.Boolean(),
  mayAppoint: Type.Boolean({ description: 'May trust its translator with the language' }),
  isOwn: Type.Boolean(),
})
export type Suggestion = Static<typeof Suggestion>

/** Whoever neither made nor may judge it is told that there is none. @throws Problem notFound */
async function findSuggestion(
  context: Context,
  id: string,
): Promise<{ one: Suggested; mayJudge: boolean; isOwn: boolean }> {
  const one = await suggestions(context.db).find(id)
  if (!one) throw noSuch('suggestion', id)
  const record = await records(context.db).find(one.recordId)
  const kind = record && context.services.kinds.get(record.kind)
  const mayJudge =
    record !== undefined && kind !== undefined && (await rightOf(context, { record, kind }, one.language)) === 'publish'
  const isOwn = one.byId === personOf(context.actor)
  if (!mayJudge && !isOwn) throw ofOthers('suggestion', id)
  return { one, mayJudge, isOwn }
}

export const readSuggestion = operation({
  name: 'translations.suggestion',
  summary: 'Read a suggested translation beside the original and the translation that readers see',
  http: 'GET /translation-suggestions/:id',
  input: Type.Object({ id: Id }, closed),
  output: Suggestion,
  allow: (actor) => actor.kind !== 'anyone',
  run: async (context, { id }): Promise<Suggestion> => {
    const { one, mayJudge, isOwn } = await findSuggestion(context, id)
    const { kinds } = context.services
    const store = records(context.db)
    const record = await store.find(one.recordId)
    const isThere = record?.status === 'published'
    const kind = record && kinds.get(record.kind)
    const now = isThere && kind ? textsIn(kind, record.body) : []
    const old =
      isThere && one.ofRevision < record.sourceRevision ? await store.version(record.number, one.ofRevision) : undefined
    const then = old && kind ? textsIn(kind, old.body) : []
    return {
      ...(await lineOf(context, one)),
      newest: isThere ? record.revision : 0,
      texts: Object.entries(one.texts).map(([place, suggested]) => {
        const texts = now.find((text) => text.place === place)?.texts
        const original = texts?.[record!.body.originalLanguage] ?? ''
        const said = then.find((text) => text.place === place)?.texts[old!.body.originalLanguage]
        return {
          place,
          original,
          originalThen: said === undefined || said === original ? null : said,
          present: texts?.[one.language] ?? '',
          suggested,
        }
      }),
      mayJudge: mayJudge && one.state === 'waiting',
      mayAppoint: mayJudge && (kind?.translatedBy ?? 'everyone') === 'everyone',
      isOwn,
    }
  },
})

/** @throws Problem forbidden; conflict where it waits no longer */
async function findWaiting(context: Context, id: string, who: 'judge' | 'own'): Promise<Suggested> {
  const { one, mayJudge, isOwn } = await findSuggestion(context, id)
  if (!(who === 'judge' ? mayJudge : isOwn)) throw new Problem('forbidden', { operation: 'translations.accept' })
  if (one.state !== 'waiting') throw noSuch('suggestion', id)
  return one
}

export const acceptSuggestion = operation({
  name: 'translations.accept',
  summary: 'Publish a suggested translation, as it is or with changes',
  http: 'POST /translation-suggestions/:id/accept',
  input: Type.Object(
    {
      id: Id,
      revision: Type.Integer({ ...Revision, description: 'The version of the record that was looked at' }),
      texts: Type.Optional(
        Type.Record(Type.String({ maxLength: 200 }), Type.String({ minLength: 1, maxLength: 100_000 }), {
          description:
            'With changes: by place, in place of what was suggested; places that are left out are not published',
          minProperties: 1,
        }),
      ),
    },
    closed,
  ),
  output: SuggestionLine,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, revision, texts }) => {
    const one = await findWaiting(context, id, 'judge')
    const { record, kind } = await findRecord(context, one.recordId)
    expectRevision(record, revision)
    const told = await concernedBy(context, record, one.language)
    const judge = personIn(context)
    const after = await publishTranslation(
      context,
      { record, kind },
      {
        language: one.language,
        texts: texts ?? one.texts,
        machine: one.machine,
        // Whoever changed it saw the original as it is today.
        ofRevision: texts ? record.sourceRevision : one.ofRevision,
        translatorId: one.byId,
        acceptedBy: judge,
      },
    )
    const judged = {
      ...one,
      state: 'accepted' as const,
      judgedBy: judge,
      judgedAt: context.now().toISOString(),
      revision: after.revision,
    }
    await suggestions(context.db).put(judged)
    const about = {
      language: one.language,
      record,
      places: changedPlaces(kind, record.body, one.language, texts ?? one.texts),
    }
    await tell(context, [one.byId], { ...about, about: 'translationAccepted', path: `/translations/${id}` })
    const path = `/records/${record.id}/difference?from=${record.revision}&to=${after.revision}`
    await tell(
      context,
      told.filter((who) => who !== one.byId),
      { ...about, about: 'translationPublished', path },
    )
    return lineOf(context, judged)
  },
})

export const declineSuggestion = operation({
  name: 'translations.decline',
  summary: 'Decline a suggested translation, with a reason that its translator reads',
  http: 'POST /translation-suggestions/:id/decline',
  input: Type.Object({ id: Id, reason: Type.String({ minLength: 3, maxLength: 2_000, pattern: '\\S' }) }, closed),
  output: SuggestionLine,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, reason }) => {
    const one = await findWaiting(context, id, 'judge')
    const judged = {
      ...one,
      state: 'declined' as const,
      judgedBy: personIn(context),
      judgedAt: context.now().toISOString(),
      reason,
    }
    await suggestions(context.db).put(judged)
    const record = await records(context.db).find(one.recordId)
    await tell(context, [one.byId], {
      about: 'translationDeclined',
      language: one.language,
      path: `/translations/${id}`,
      ...(record?.status === 'published' && { record }),
      places: Object.keys(one.texts),
      reason,
    })
    return lineOf(context, judged)
  },
})

export const withdrawSuggestion = operation({
  name: 'translations.withdraw',
  summary: 'Withdraw a translation that you suggested',
  http: 'POST /translation-suggestions/:id/withdraw',
  input: Type.Object({ id: Id }, closed),
  output: SuggestionLine,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const one = { ...(await findWaiting(context, id, 'own')), state: 'withdrawn' as const }
    await suggestions(context.db).put(one)
    return lineOf(context, one)
  },
})

export const listMade = operation({
  name: 'translations.made',
  summary: 'List which versions of a record are translations, by whom, and who accepted them',
  http: 'GET /records/:id/translations',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    made: Type.Array(
      Type.Object({
        revision: Type.Integer(),
        language: Type.String(),
        translator: Type.String({ description: '`person:` and their identifier, or `system:` and its name' }),
        acceptedBy: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
  allow: () => true,
  run: async (context, { id }) => {
    const { record } = await findRecord(context, id, { withdrawnToo: true })
    const named = (who: string) => (who.startsWith('system:') ? who : `person:${who}`)
    return {
      made: (await madeTranslations(context.db).of(record.id)).map(
        ({ revision, language, translatorId, acceptedBy }) => ({
          revision,
          language,
          translator: named(translatorId),
          acceptedBy: acceptedBy === null ? null : named(acceptedBy),
        }),
      ),
    }
  },
})
