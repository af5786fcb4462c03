/** The files that a body names: what must hold of them, and who names them. */
import type { Kysely } from 'kysely'
import type { Actor, Context } from '#core/context.ts'
import { Problem, type Misfit } from '#core/problem.ts'
import { attachedFiles } from './store.ts'

export type Attachment = {
  file: string
  name: string
  mediaType: string
  bytes: number
  width?: number
  height?: number
  title?: Record<string, string>
  alternative?: Record<string, string>
  licence?: string
  credit?: string
}

/** Those of a draft too, which programs may have filled with anything. */
export function attachmentsIn(body: unknown): Attachment[] {
  const { attachments } = body as { attachments?: unknown }
  return Array.isArray(attachments) ? attachments.filter(isAttachment) : []
}

const isAttachment = (value: unknown): value is Attachment => {
  const { file, name, mediaType, bytes } = (value ?? {}) as Partial<Record<keyof Attachment, unknown>>
  return [file, name, mediaType].every((one) => typeof one === 'string') && typeof bytes === 'number'
}

export const isPicture = ({ mediaType }: Pick<Attachment, 'mediaType'>): boolean => mediaType.startsWith('image/')

/** Who cannot see a picture is told what is on it. */
export const misfitsOfFiles = (body: unknown): Misfit[] =>
  attachmentsIn(body).flatMap((one, at) =>
    isPicture(one) && !one.alternative
      ? [{ place: `attachments.${at}.alternative`, rule: 'alternative', values: { name: one.name } }]
      : [],
  )

export const ownersIn = ({ actor }: { actor: Actor }): string[] => (actor.kind === 'person' ? [actor.id] : [])

/**
 * Files are here, are what is said of them, and were brought by those who name them or are public already: nobody gets
 * at a file of others by knowing its digest.
 * @throws Problem invalid
 */
export async function expectFiles(db: Kysely<unknown>, body: unknown, owners: readonly string[]): Promise<void> {
  const store = attachedFiles(db)
  const named = attachmentsIn(body)
  const known = await store.known(named.map(({ file }) => file))
  const misfits: Misfit[] = []
  for (const [at, { file, mediaType, bytes }] of named.entries()) {
    const row = known.get(file)
    const isSame = row?.mediaType === mediaType && row.bytes === bytes
    const isOurs = async () => (await store.owners(file)).some((one) => owners.includes(one))
    if (!isSame || !((await isOurs()) || (await store.isPublished(file))))
      misfits.push({ place: `attachments.${at}.file`, rule: 'unknownFile', values: {} })
  }
  if (misfits.length > 0) throw new Problem('invalid', { count: misfits.length }, { misfits })
}

/** From now on these records name what their bodies name; what older versions named stays public with them. */
export async function putFiles(
  { db }: Pick<Context, 'db'>,
  kept: readonly { number: number; body: object }[],
): Promise<void> {
  const rows = kept.flatMap(({ number, body }) => attachmentsIn(body).map(({ file }) => ({ file, number })))
  if (rows.length > 0) await attachedFiles(db).putRecords(rows)
}
