/** A table of learners is read and checked; its rows wait, closed, until they are issued. */
import { Type, type Static } from 'typebox'
import { closed, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { violation } from '#kernel/problem.ts'
import { newId } from '#records/identifier.ts'
import type { BatchRow } from '../tables.ts'
import { knownAmong, offerOf, type Learner } from './award.ts'
import { aboutPart, Batch, forAchievement, orderOf, told } from './batch.ts'
import { learnersIn, type RowFault } from './learners-of-table.ts'
import { rowsIn } from './read-table.ts'
import { batches } from './store.ts'

/** So many are one transaction. Each takes some 2 ms, in which this process answers nobody. */
export const rowsInPart = 25
const errorsKept = 200

const CheckInput = Type.Object(
  { ...forAchievement, fileName: Type.String({ maxLength: 300 }), path: Type.String({ maxLength: 4_000 }) },
  closed,
)
type Checked = { row: BatchRow; parts: { part: number; rows: number; closed: string }[] }

export const checkTable = preparedOperation({
  name: 'credentials.checkTable',
  summary: 'Check a table of learners; nothing is issued yet',
  http: 'POST /credentials/batches',
  // It reads a file of this machine.
  isForPages: true,
  input: CheckInput,
  output: Batch,
  allow: permission('draft.write'),
  prepare: checkedTable,
  run: async ({ db }, _input, { row, parts }: Checked) => {
    const store = batches(db)
    await store.add(row)
    for (const one of parts) await store.addPart({ ...one, batchId: row.id })
    return told(row)
  },
})

async function checkedTable(context: Preparing, input: Static<typeof CheckInput>): Promise<Checked> {
  const { achievement, organisation, period, fileName, language, sendsMail, canBeSuspended, suite, path } = input
  const at = context.now().toISOString()
  const row: BatchRow = {
    id: newId(context.random),
    achievementId: achievement,
    organisationId: organisation,
    period: period.trim(),
    fileName,
    language,
    sendsMail: sendsMail ? 1 : 0,
    canBeSuspended: canBeSuspended ? 1 : 0,
    suite,
    state: 'checked',
    total: 0,
    wrong: 0,
    known: 0,
    done: 0,
    issued: 0,
    errors: '[]',
    reason: '',
    createdBy: context.actor.kind === 'person' ? context.actor.id : '',
    createdAt: at,
    changedAt: at,
  }
  await offerOf(context, orderOf(row))
  const errors: RowFault[] = []
  const parts: Checked['parts'] = []
  let some: Learner[] = []
  const keep = async () => {
    row.known += await knownAmong(context, orderOf(row), some)
    const plain = Buffer.from(JSON.stringify(some))
    const closedRows = await context.services.secretBox.close(plain, aboutPart(row.id, parts.length))
    parts.push({ part: parts.length, rows: some.length, closed: closedRows })
    some = []
  }
  for await (const read of learnersIn(rowsIn(path, language), at.slice(0, 10))) {
    row.total++
    if ('fault' in read) {
      row.wrong++
      if (errors.length < errorsKept) errors.push(read.fault)
    } else if (some.push(read.learner) >= rowsInPart) await keep()
  }
  if (some.length > 0) await keep()
  if (row.total === 0) throw violation('file', 'tableEmpty')
  row.errors = JSON.stringify(errors)
  return { row, parts }
}
