/** The files that tables came in: kept while the table may still be imported. */
import type { AttachmentsInUse } from '../files/in-use.ts'
import { sheets } from './store.ts'

const dayMs = 24 * 60 * 60_000
const daysKept = 30
const oldest = (now: Date) => new Date(now.getTime() - daysKept * dayMs).toISOString()

export const filesOfSheets: AttachmentsInUse = {
  tidy: async (database, { now }) => {
    const stale = await sheets(database.read).inStates(['mapping'], oldest(now()))
    if (stale.length > 0) await database.write((tx) => sheets(tx).remove(stale.map(({ id }) => id)))
  },
  isInUse: (db, file, { now }) => sheets(db).isFileUsed(file, oldest(now())),
}
