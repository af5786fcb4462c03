/** Keeps the tables of money as the records are: at each change, and anew on demand. */
import { Type } from 'typebox'
import type { Kysely } from 'kysely'
import { hasRole, type Context } from '#kernel/context.ts'
import type { Changed, WrittenRecord } from '#kernel/hooks.ts'
import { closed, operation } from '#kernel/operation.ts'
import { records } from '#records/store.ts'
import { funding } from '../funding.ts'
import { flowsOf, labelsOf, several, unsaid, type Funding } from './flows.ts'
import { money } from './store.ts'
import type { FlowRow } from './tables.ts'

const isMoney = ({ kind }: WrittenRecord) => kind === funding.name
/** Another node’s dump brings records that were withdrawn there. */
const isPublished = (record: WrittenRecord & { status?: string }) => record.status !== 'withdrawn'
const isOrganisation = ({ kind }: WrittenRecord) => kind === 'organisation'

/** The hook: in the transaction that adds or changes the records. */
export async function gatherWritten({ db }: Context, written: readonly WrittenRecord[]): Promise<void> {
  const changed = written.filter((one) => isMoney(one) && isPublished(one))
  if (changed.length > 0) await gather(db, changed)
  const bodies = new Map(written.filter(isOrganisation).map(({ id, body }) => [id, body]))
  for (const id of await money(db).receiversPlaced([...bodies.keys()]))
    await money(db).placeReceiver(id, onlyPlace(bodies.get(id)!))
}

/** The hook: what is withdrawn counts no more. */
export async function gatherChanged({ db }: Context, { action, after }: Changed): Promise<void> {
  if (!isMoney(after)) return
  if (action === 'withdraw') await money(db).drop([after.id])
  if (action === 'restore') await gather(db, [after])
}

async function gather(db: Kysely<unknown>, changed: readonly Pick<WrittenRecord, 'id' | 'body'>[]): Promise<void> {
  const store = money(db)
  await store.drop(changed.map(({ id }) => id))
  const rows = changed.flatMap(({ id, body }) =>
    flowsOf(body as Funding).map((flow): FlowRow => ({ recordId: id, ...flow })),
  )
  const places = await placesOfReceivers(db, rows)
  await store.add(
    rows.map((row) => (row.placeOfReceiver ? { ...row, place: places.get(row.receiver) ?? unsaid } : row)),
    changed.flatMap(({ id, body }) => labelsOf(id, body as Funding)),
  )
}

async function placesOfReceivers(db: Kysely<unknown>, rows: readonly FlowRow[]): Promise<Map<string, string>> {
  const ids = new Set(rows.filter(({ placeOfReceiver }) => placeOfReceiver).map(({ receiver }) => receiver))
  for (const none of [several, unsaid]) ids.delete(none)
  const found = await records(db).findMany([...ids])
  return new Map([...found].map(([id, { body }]) => [id, onlyPlace(body)]))
}

function onlyPlace(organisation: object): string {
  const { countries = [] } = organisation as { countries?: string[] }
  return countries.length > 1 ? several : (countries[0] ?? unsaid)
}

const atOnce = 500

export const rebuildFlows = operation({
  name: 'fundings.rebuildFlows',
  summary: 'Rebuild the tables of which money is summed up, from the records',
  http: 'POST /fundings/rebuild-flows',
  input: Type.Object(
    { onlyIfEmpty: Type.Boolean({ default: false, description: 'Nothing is done where there are any' }) },
    closed,
  ),
  output: Type.Object({ records: Type.Integer() }),
  changesPages: true,
  allow: (actor) => hasRole(actor, 'operator'),
  run: async ({ db }, { onlyIfEmpty }) => {
    if (onlyIfEmpty && !(await money(db).isEmpty())) return { records: 0 }
    let count = 0
    for (let after = 0; ;) {
      const page = await records(db).list(funding.name, { after, limit: atOnce })
      await gather(db, page)
      count += page.length
      if (page.length < atOnce) return { records: count }
      after = page.at(-1)!.number
    }
  },
})
