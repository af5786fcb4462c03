/** Writing: a draft is begun, saved as often as one likes, and shared with co-authors. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { undescribed, type Kind } from '#records/kind.ts'
import { languageTag, recordId } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { unknownLanguages } from '#records/check.ts'
import { records } from '#records/store.ts'
import { personIn } from '#accounts/sessions.ts'
import { expectMayWrite, findDraft } from './access.ts'
import { mergeTyped } from './merge.ts'
import { DraftLine, DraftShape, lineOf, shapeOf } from './shapes.ts'
import { drafts, type Draft, type Values } from './store.ts'

const largestBody = 400_000

export const beginDraft = operation({
  name: 'drafts.begin',
  summary: 'Begin to describe something, or to change a record',
  http: 'POST /drafts',
  input: Type.Object(
    {
      kind: Type.Optional(Type.String({ maxLength: 50, description: 'Of what is described for the first time' })),
      language: Type.Optional(Type.String({ pattern: languageTag, maxLength: 35, description: 'It is written in' })),
      record: Type.Optional(Type.String({ pattern: recordId, description: 'The record to change' })),
      values: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'What is known already' })),
    },
    closed,
  ),
  output: DraftShape,
  makes: ({ id }) => `/drafts/${id}`,
  allow: permission('draft.write'),
  run: async (context, { kind, language = 'en', record: of, values = {} }) => {
    const { db, services, now, random } = context
    const before = of === undefined ? undefined : await records(db).find(of)
    if (of !== undefined && before?.status !== 'published') throw new Problem('recordNotFound', { id: of })
    const known = services.kinds.get(before?.kind ?? kind ?? '')
    if (!known || known.isMadeBySystem || (known.isAid && !before)) throw undescribed(services.kinds)
    const ownerId = personIn(context)
    const body = before ? { ...before.body } : { ...values, originalLanguage: language }
    expectFits(known, body, { before: before?.body ?? {} })
    const at = now().toISOString()
    const id = newId(random)
    const draft: Draft = {
      id,
      recordId: before?.id ?? id,
      kind: known.name,
      ownerId,
      state: 'draft',
      revision: 1,
      body,
      unread: {},
      baseRevision: before?.revision ?? null,
      createdAt: at,
      changedAt: at,
      changedBy: ownerId,
    }
    await drafts(db).add(draft)
    return shapeOf({ draft, kind: known, authors: [ownerId], assignments: [] }, context.actor)
  },
})

/** Of one field that could not be read. */
export const longestUnread = 50_000

/**
 * Half filled in is well; fields that the kind does not have, languages that there are not, and very much, are not. What
 * stood there `before` may stay. @throws Problem invalid, tooLarge
 */
function expectFits(
  kind: Kind,
  body: Values,
  { unread = {}, before = {} }: { unread?: Values; before?: Values } = {},
): void {
  const known = Object.keys(kind.body.properties)
  const strange = [...Object.keys(body), ...Object.keys(unread)].filter((name) => !known.includes(name))
  const old = new Set(unknownLanguages(kind, before).map(({ place }) => place))
  const violations = [
    ...strange.map((place) => ({ place, rule: 'additionalProperties', values: {} })),
    ...unknownLanguages(kind, body).filter(({ place }) => !old.has(place)),
  ]
  if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
  if (JSON.stringify(body).length > largestBody) throw new Problem('tooLarge', { limit: largestBody })
}

const Conflict = Type.Object({ field: Type.String(), theirs: Type.Unknown(), mine: Type.Unknown() })

export const readDraft = operation({
  name: 'drafts.read',
  summary: 'Read a draft of one’s own, or one that was submitted',
  http: 'GET /drafts/:id',
  input: Type.Object({ id: Id }, closed),
  output: DraftShape,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => shapeOf(await findDraft(context, id), context.actor),
})

export const saveDraft = operation({
  name: 'drafts.save',
  summary: 'Save fields of a draft; what somebody else changed since is not overwritten but told',
  http: 'PUT /drafts/:id',
  input: Type.Object(
    {
      id: Id,
      revision: Type.Integer({
        minimum: 1,
        maximum: 2_147_483_647,
        description: 'The save that these fields were filled from',
      }),
      values: Type.Object({}, { additionalProperties: true, description: 'By field; null for what is left empty' }),
      unread: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: longestUnread }), {
        default: {},
        maxProperties: 100,
      }),
    },
    closed,
  ),
  output: Type.Object({ draft: DraftShape, conflicts: Type.Array(Conflict) }),
  changes: readDraft,
  allow: permission('draft.write'),
  run: async (context, { id, revision, values, unread }) => {
    const { db, now, actor } = context
    const seen = await findDraft(context, id)
    expectMayWrite(seen, actor)
    const { draft, kind } = seen
    const store = drafts(db)
    // After a very long time with the form open, all differences are shown, so that nothing typed is lost.
    const base = revision === draft.revision ? draft.body : ((await store.bodyAt(id, revision)) ?? {})
    const mine = { values: values as Values, unread }
    const merged = mergeTyped(revision === draft.revision ? undefined : base, draft, mine)
    expectFits(kind, { ...(values as Values), ...merged.body }, { unread, before: draft.body })
    const saved: Draft = {
      ...draft,
      body: merged.body,
      unread: merged.unread,
      revision: draft.revision + 1,
      changedAt: now().toISOString(),
      changedBy: personIn(context),
    }
    await store.save(saved)
    return { draft: shapeOf({ ...seen, draft: saved }, actor), conflicts: merged.conflicts }
  },
})

export const readSave = operation({
  name: 'drafts.readSave',
  summary: 'Read the values of a draft as they were at an earlier save, which a form was filled from',
  http: 'GET /drafts/:id/saves/:revision',
  isForPages: true,
  input: Type.Object({ id: Id, revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }, closed),
  output: Type.Object({ body: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]) }),
  allow: permission('draft.write'),
  run: async (context, { id, revision }) => {
    const seen = await findDraft(context, id)
    expectMayWrite(seen, context.actor)
    const { draft } = seen
    return {
      body: revision === draft.revision ? draft.body : ((await drafts(context.db).bodyAt(id, revision)) ?? null),
    }
  },
})

export const listDrafts = operation({
  name: 'drafts.list',
  summary: 'List what one is writing, the latest first',
  http: 'GET /drafts',
  input: Type.Object({}, closed),
  output: Type.Object({ drafts: Type.Array(DraftLine) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context) => ({
    drafts: (await drafts(context.db).ofPerson(personIn(context))).map((draft) => lineOf({ draft })),
  }),
})
