/** Notes that came with a draft from a table: seen by its authors alone, taken into a field or deleted by them. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { ofOthers, Problem, noSuch } from '#kernel/problem.ts'
import { personIn } from '#accounts/sessions.ts'
import { stepsOf, type FormField } from '#records/form/plan.ts'
import { readStep } from '#records/form/read.ts'
import { Id } from '#records/inputs.ts'
import type { Kind } from '#records/kind.ts'
import { expectMayWrite, findDraft, isAuthor } from './access.ts'
import { draftNotes } from './note-store.ts'
import { drafts, type Values } from './store.ts'

export const DraftNote = Type.Object({
  id: Type.String(),
  field: Type.String({ description: 'The field that it was meant for and did not fit; empty where there is none' }),
  name: Type.String({ description: 'What the column was called' }),
  text: Type.String(),
})
export type DraftNote = Static<typeof DraftNote>

export const listDraftNotes = operation({
  name: 'drafts.notes',
  summary: 'List the notes that came with a draft from a table; nobody but its authors has any',
  http: 'GET /drafts/:id/notes',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ notes: Type.Array(DraftNote) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const seen = await findDraft(context, id)
    if (!isAuthor(seen, context.actor)) return { notes: [] }
    const rows = await draftNotes(context.db).of(id)
    return { notes: rows.map(({ draftId: _, number: __, ...note }) => note) }
  },
})

/** @throws Problem notFound, forbidden */
async function findNote(context: Context, id: string, note: string) {
  const seen = await findDraft(context, id)
  if (!isAuthor(seen, context.actor)) throw ofOthers('draftNote', note)
  expectMayWrite(seen, context.actor)
  const found = (await draftNotes(context.db).of(id)).find((one) => one.id === note)
  if (!found) throw noSuch('draftNote', note)
  return seen
}

/** Fields that one text can fill. */
export const fieldsForNotes = (kind: Kind): FormField[] =>
  stepsOf(kind)
    .flatMap(({ asked }) => asked)
    .filter(({ control }) => !['groups', 'files', 'money', 'place', 'flag'].includes(control))

export const takeDraftNote = operation({
  name: 'drafts.takeNote',
  summary: 'Take a note of a draft into one of its fields: added to what stands there where it is a text or a list',
  http: 'POST /drafts/:id/notes/:note/take',
  isForPages: true,
  input: Type.Object(
    {
      id: Id,
      note: Id,
      field: Type.String({ maxLength: 100 }),
      text: Type.String({ minLength: 1, maxLength: 50_000, pattern: '\\S' }),
      language: Type.String({ maxLength: 35, default: 'en', description: 'In whose way dates are written' }),
    },
    closed,
  ),
  output: Type.Object({ id: Type.String() }),
  allow: permission('draft.write'),
  run: async (context, { id, note, field, text, language }) => {
    const { draft, kind } = await findNote(context, id, note)
    const asked = fieldsForNotes(kind).find(({ name }) => name === field)
    if (!asked)
      throw new Problem('invalid', { count: 1 }, { violations: [{ place: 'field', rule: 'enum', values: {} }] })
    const value = withText(asked, text, {
      original: String(draft.body.originalLanguage ?? 'en'),
      body: draft.body,
      reader: language,
    })
    const { [field]: _, ...unread } = draft.unread
    await drafts(context.db).save({
      ...draft,
      body: { ...draft.body, [field]: value },
      unread,
      revision: draft.revision + 1,
      changedAt: context.now().toISOString(),
      changedBy: personIn(context),
    })
    await draftNotes(context.db).remove(note)
    return { id }
  },
})

/** The value of a field with a text added. @throws Problem invalid, at `text`, where the field cannot hold it */
function withText(
  asked: FormField,
  text: string,
  { original, body, reader }: { original: string; body: Values; reader: string },
): unknown {
  const { name, field, isList, control } = asked
  const before = body[name]
  const isText = field.type === 'text'
  const isWords = field.type === 'words'
  const said = isText || isWords ? (before as Record<string, unknown> | undefined)?.[original] : undefined
  const written = isText ? [said, text].filter(Boolean).join(control === 'line' ? ' ' : '\n\n') : text
  const isAddress = field.type === 'url' || field.type === 'link'
  const texts = isList || isWords || control === 'boxes' ? written.split(isAddress ? /\s+/ : /[;\n]/) : [written]
  const form = new URLSearchParams(texts.flatMap((one) => (one.trim() ? [[name, one.trim()] as [string, string]] : [])))
  const read = readStep({ name: 'note', asked: [asked] }, form, original, body, reader)
  const [wrong] = read.violations
  if (wrong || read.values[name] === undefined || read.values[name] === null)
    throw new Problem(
      'invalid',
      { count: 1 },
      { violations: [{ place: 'text', rule: wrong?.rule ?? 'required', values: wrong?.values ?? {} }] },
    )
  const value = read.values[name]
  const both = (one: unknown, other: unknown) => [...new Set([...((one ?? []) as unknown[]), ...(other as unknown[])])]
  if (isWords) {
    const words = value as Record<string, unknown>
    return { ...words, [original]: both(said, words[original]) }
  }
  return Array.isArray(value) ? both(before, value) : value
}

export const removeDraftNote = operation({
  name: 'drafts.removeNote',
  summary: 'Delete a note of a draft',
  http: 'DELETE /drafts/:id/notes/:note',
  isForPages: true,
  input: Type.Object({ id: Id, note: Id }, closed),
  output: Type.Object({ id: Type.String() }),
  allow: permission('draft.write'),
  run: async (context, { id, note }) => {
    await findNote(context, id, note)
    await draftNotes(context.db).remove(note)
    return { id }
  },
})
