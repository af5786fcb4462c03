/** Making drafts and records of a spreadsheet, some hundred rows at a time, and taking all of it back. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { may, permission } from '#kernel/permission.ts'
import { assignSteward } from '#features/stewardship/stewardship.ts'
import { draftNotes } from '#features/editorial/drafts/note-store.ts'
import { drafts, type Draft } from '#features/editorial/drafts/store.ts'
import { checkBody } from '#records/check.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { add, change } from '#records/write.ts'
import { records } from '#records/store.ts'
import { linksOfRows } from './links-of-rows.ts'
import { look, type Looked } from './look.ts'
import { findSpreadsheet, kindNamed, tableOf } from './operations.ts'
import { lineOf, SpreadsheetLine } from './shapes.ts'
import { sheets, type Spreadsheet } from './store.ts'
import type { ItemRow } from './tables.ts'

const rowsAtOnce = 250

const expectState = ({ state }: Spreadsheet, wanted: readonly Spreadsheet['state'][]): void => {
  if (!wanted.includes(state)) throw new Problem('wrongState')
}

async function changed(
  context: Context,
  sheet: Spreadsheet,
  changes: Partial<Spreadsheet>,
): Promise<Static<typeof SpreadsheetLine>> {
  const all = { ...changes, changedAt: context.now().toISOString() }
  await sheets(context.db).change(sheet.id, all)
  return lineOf({ ...sheet, ...all })
}

export const startSpreadsheetImport = operation({
  name: 'spreadsheets.start',
  summary: 'Import the rows of a spreadsheet that fit: as drafts, or as records where they are complete',
  http: 'POST /spreadsheets/:id/start',
  isForPages: true,
  input: Type.Object({ id: Id, publishes: Type.Boolean({ default: false }) }, closed),
  output: SpreadsheetLine,
  allow: (actor, { publishes }) => may(actor, publishes ? 'record.publish' : 'draft.write'),
  run: async (context, { id, publishes }) => {
    const sheet = await findSpreadsheet(context, id)
    expectState(sheet, ['mapping'])
    return changed(context, sheet, { state: 'running', publishes })
  },
})

export const undoSpreadsheetImport = operation({
  name: 'spreadsheets.undo',
  summary: 'Undo the import of a spreadsheet: records changed since are left',
  http: 'POST /spreadsheets/:id/undo',
  isForPages: true,
  input: Type.Object(
    {
      id: Id,
      reason: Type.String({ minLength: 3, maxLength: 2_000, pattern: '\\S', description: 'Shown to readers' }),
    },
    closed,
  ),
  output: SpreadsheetLine,
  allow: permission('draft.write'),
  run: async (context, { id, reason }) => {
    const sheet = await findSpreadsheet(context, id)
    expectState(sheet, ['running', 'done'])
    return changed(context, sheet, { state: 'undoing', reason })
  },
})

/** The next rows; a process that falls in between has done them whole or not at all. */
export const advanceSpreadsheetImport = preparedOperation({
  name: 'spreadsheets.advance',
  summary: 'Do the next rows of an import or of its undoing',
  http: 'POST /spreadsheets/:id/advance',
  isForPages: true,
  changesPages: true,
  input: Type.Object({ id: Id }, closed),
  output: SpreadsheetLine,
  allow: permission('draft.write'),
  prepare: async (context, { id }) => {
    const sheet = await findSpreadsheet(context, id)
    const isRunning = sheet.state === 'running'
    return { done: sheet.done, ...(isRunning ? await nextRows(context, sheet) : { header: [], looked: [] }) }
  },
  run: async (context, { id }, { done, header, looked }) => {
    const sheet = await findSpreadsheet(context, id)
    if (sheet.state === 'undoing') return takeBack(context, sheet)
    // Somebody else did these rows meanwhile: theirs count.
    if (sheet.state !== 'running' || sheet.done !== done) return lineOf(sheet)
    return bringIn(context, { sheet, header }, looked)
  },
})

async function nextRows(context: Preparing, sheet: Spreadsheet): Promise<{ header: string[]; looked: Looked[] }> {
  const { header, rows } = await tableOf(context, sheet)
  const next = rows.slice(sheet.done, sheet.done + rowsAtOnce)
  const looked: Looked[] = []
  const kind = kindNamed(context, sheet.kind)
  const links = await linksOfRows(context, kind, sheet.mapping, next)
  for await (const one of look(kind, sheet.mapping, next, links)) looked.push(one)
  return { header, looked }
}

type Brought = { sheet: Spreadsheet; header: readonly string[] }

async function bringIn(context: Context, { sheet, header }: Brought, looked: readonly Looked[]) {
  const { ownerId, id: sheetId } = sheet
  const store = sheets(context.db)
  const fitting = looked.filter(({ violations }) => violations.length === 0)
  const known = await store.known(
    ownerId,
    fitting.map(({ key }) => key),
  )
  const fresh = new Map<string, Looked>()
  for (const one of fitting) if (!known.has(one.key) && !fresh.has(one.key)) fresh.set(one.key, one)
  // Brought before by another sheet, or twice in this one: then it stands among what does not fit.
  const isKnown = ({ key }: Looked) => known.has(key) && known.get(key)!.sheetId !== sheetId
  const knownBefore = fitting.filter(isKnown).length
  const mayPublish = sheet.publishes && may(context.actor, 'record.publish')
  const items = [...fresh.values()].map((one) => ({
    looked: one,
    item: { sheetId, row: one.number, ownerId, key: one.key, recordId: newId(context.random), undone: null } as const,
    isPublished: mayPublish && one.missing.length === 0 && one.odd.length === 0,
  }))
  const published = items.filter(({ isPublished }) => isPublished)
  await publish(context, sheet, published)
  for (const { looked: one, item, isPublished } of items)
    if (!isPublished) await addDraft(context, { sheet, header }, one, item)
  await store.addItems(items.map(({ item, isPublished }) => ({ ...item, isPublished: isPublished ? 1 : 0 })))
  const done = sheet.done + looked.length
  return changed(context, sheet, {
    done,
    made: sheet.made + items.length,
    published: sheet.published + published.length,
    known: sheet.known + knownBefore,
    refused: sheet.refused + looked.length - items.length - knownBefore,
    ...(done >= sheet.rows && { state: 'done' }),
  })
}

type Made = { looked: Looked; item: Pick<ItemRow, 'recordId'> }

async function publish(context: Context, { kind: name, ownerId }: Spreadsheet, made: readonly Made[]): Promise<void> {
  const kind = kindNamed(context, name)
  await add(
    context,
    made.map(({ looked: { body, identifier }, item }) => ({
      id: item.recordId,
      kind,
      body: checkBody(kind, body),
      origin: identifier ? { identifier } : null,
    })),
  )
  for (const { item } of made) await assignSteward(context, item.recordId, ownerId)
}

async function addDraft(
  context: Context,
  { sheet, header }: Brought,
  { body, unread, notes }: Looked,
  { recordId: id }: Pick<ItemRow, 'recordId'>,
) {
  const at = context.now().toISOString()
  const draft: Draft = {
    id,
    recordId: id,
    kind: sheet.kind,
    ownerId: sheet.ownerId,
    state: 'draft',
    revision: 1,
    body,
    unread,
    baseRevision: null,
    createdAt: at,
    changedAt: at,
    changedBy: sheet.ownerId,
  }
  await drafts(context.db).add(draft)
  const named = ({ column, field, text }: Looked['notes'][number], number: number) => ({
    id: newId(context.random),
    draftId: id,
    number,
    field,
    name: (header[column] ?? '').slice(0, 500),
    text,
  })
  await draftNotes(context.db).add(notes.map(named))
}

async function takeBack(context: Context, sheet: Spreadsheet) {
  const store = sheets(context.db)
  const items = await store.items(sheet.id, null, rowsAtOnce)
  const gone = new Set([...(await withdrawn(context, sheet, items)), ...(await removed(context, items))])
  const rowsOf = (isGone: boolean) => items.filter((one) => gone.has(one.recordId) === isGone).map(({ row }) => row)
  await store.setUndone(sheet.id, rowsOf(true), 'gone')
  await store.setUndone(sheet.id, rowsOf(false), 'kept')
  return changed(context, sheet, items.length < rowsAtOnce ? { state: 'undone' } : {})
}

/** Records that nobody changed since are withdrawn, with the reason; their address says so. */
async function withdrawn(context: Context, sheet: Spreadsheet, items: readonly ItemRow[]): Promise<string[]> {
  if (!may(context.actor, 'record.withdraw')) return []
  const kind = kindNamed(context, sheet.kind)
  const found = await records(context.db).findMany(items.flatMap((one) => (one.isPublished ? [one.recordId] : [])))
  const untouched = [...found.values()].filter(({ revision, status }) => revision === 1 && status === 'published')
  for (const record of untouched)
    await change(context, kind, record, 'withdraw', { status: 'withdrawn', note: sheet.reason })
  return untouched.map(({ id }) => id)
}

/** Drafts that were neither saved again nor sent in are removed. */
async function removed({ db }: Context, items: readonly ItemRow[]): Promise<string[]> {
  const store = drafts(db)
  const untouched: string[] = []
  for (const { recordId: id, isPublished } of items) {
    const draft = isPublished ? undefined : await store.find(id)
    if (draft?.revision === 1 && draft.state === 'draft' && (await store.isAlone(id))) untouched.push(id)
  }
  await store.remove(untouched)
  return untouched
}
