/** The files that a body names: what must hold of them, and who names them. */
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { Problem, type Violation } from '#kernel/problem.ts'
import { attachmentsIn, isPicture } from '#records/attachment.ts'
import { attachedFiles } from './store.ts'

/** Who cannot see a picture is told what is on it. */
export const violationsOfFiles = (body: unknown): Violation[] =>
  attachmentsIn(body).flatMap((one, at) =>
    isPicture(one) && !one.alternative
      ? [{ place: `attachments.${at}.alternative`, rule: 'alternative', values: { name: one.name } }]
      : [],
  )

/**
 * Files are here, are what is said of them, and were brought by those who name them or are public already: nobody gets
 * at a file of others by knowing its digest.
 * @throws Problem invalid
 */
export async function expectFiles(db: Kysely<unknown>, body: unknown, owners: readonly string[]): Promise<void> {
  const store = attachedFiles(db)
  const named = attachmentsIn(body)
  const known = await store.known(named.map(({ file }) => file))
  const violations: Violation[] = []
  for (const [at, { file, mediaType, bytes }] of named.entries()) {
    const row = known.get(file)
    const isSame = row?.mediaType === mediaType && row.bytes === bytes
    const isOurs = async () => (await store.owners(file)).some((one) => owners.includes(one))
    if (!isSame || !((await isOurs()) || (await store.isPublished(file))))
      violations.push({ place: `attachments.${at}.file`, rule: 'unknownFile', values: {} })
  }
  if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
}

/** From now on these records name what their bodies name; what older versions named stays public with them. */
export async function putFiles(
  { db }: Pick<Context, 'db'>,
  kept: readonly { number: number; body: object }[],
): Promise<void> {
  const rows = kept.flatMap(({ number, body }) => attachmentsIn(body).map(({ file }) => ({ file, number })))
  if (rows.length > 0) await attachedFiles(db).putRecords(rows)
}
