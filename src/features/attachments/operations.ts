/** Attachments: uploaded, described, shown to those who may see them, and deleted when nothing names them. */
import { readFile, writeFile } from 'node:fs/promises'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation, type AnyOperation } from '#kernel/operation.ts'
import { ofOthers, Problem, noSuch } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { expectDrawable, sniff } from '#codecs/media/sniff.ts'
import { withoutTraces } from '#codecs/media/without-traces.ts'
import { personIn } from '#accounts/sessions.ts'
import { fileDigest, recordId } from '#records/fields.ts'
import { usersOfFiles } from './in-use.ts'
import { attachedFiles } from './store.ts'

const File = Type.String({ pattern: fileDigest })
const Facts = Type.Object({
  file: File,
  mediaType: Type.String(),
  bytes: Type.Integer(),
  width: Type.Union([Type.Integer(), Type.Null()]),
  height: Type.Union([Type.Integer(), Type.Null()]),
})
export type FileFacts = Static<typeof Facts>

export const keepFile = preparedOperation({
  name: 'files.keep',
  summary: 'Take in a picture or document; what it is, is found out from its bytes',
  http: 'POST /files',
  isForPages: true,
  input: Type.Object({ path: Type.String(), name: Type.String({ maxLength: 200 }) }, closed),
  output: Facts,
  allow: permission('draft.write'),
  prepare: async (context, { path }) => {
    const { services } = context
    const sent = await readFile(path)
    await expectRoom(context, sent.length)
    const found = sniff(sent)
    if (found) expectDrawable(found)
    if (found) await services.scanner?.expectHarmless(sent)
    const plain = found && withoutTraces(sent, found.mediaType)
    if (!found || !plain) throw new Problem('fileTypeRefused')
    if (plain.length !== sent.length) await writeFile(path, plain)
    const { sha256, bytes } = await services.files.keep(path)
    return { ...found, file: sha256, bytes }
  },
  run: async (context, { name }, { file, mediaType, bytes, width = null, height = null, extension }) => {
    const at = context.now().toISOString()
    // It may have been cleared as unused just now.
    if (!(await context.services.files.has(file))) throw new Problem('fileNotFound', { file })
    const store = attachedFiles(context.db)
    await store.add({ file, mediaType, bytes, width, height, createdAt: at })
    await store.addOwner({ file, ownerId: personIn(context), name: withExtension(name, extension), at })
    return { file, mediaType, bytes, width, height }
  },
})

/** What one person may bring in a day. */
const megabytesADay = 200
const dayMs = 24 * 60 * 60_000

/** @throws Problem fileQuota */
async function expectRoom(context: Pick<Context, 'db' | 'actor' | 'now'>, bytes: number): Promise<void> {
  const since = new Date(context.now().getTime() - dayMs).toISOString()
  const own = (await attachedFiles(context.db).ofPerson(personIn(context))).filter(({ at }) => at >= since)
  const sum = own.reduce((all, one) => all + Number(one.bytes), bytes)
  if (sum > megabytesADay * 1024 * 1024) throw new Problem('fileQuota', { limit: megabytesADay })
}

/** As long as the field of a record that takes it. */
const longestName = 200

/** The ending that people sent is theirs to choose as little as the type. */
const withExtension = (name: string, extension: string): string => {
  const base = name
    .replace(/\.[^.]{1,8}$/, '')
    .slice(0, longestName - extension.length - 1)
    .toWellFormed()
    .trim()
  return `${base || 'file'}.${extension}`
}

export const describeFiles = operation({
  name: 'files.describe',
  summary: 'Read what is known of files that one brought, or that are public',
  http: 'GET /files',
  isForPages: true,
  input: Type.Object({ files: Type.Array(File, { maxItems: 50, default: [] }) }, closed),
  output: Type.Object({ files: Type.Array(Type.Object({ ...Facts.properties, name: Type.String() })) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { files }) => {
    const store = attachedFiles(context.db)
    const own = new Map((await store.ofPerson(personIn(context))).map((one) => [one.file, one.name]))
    const known = await store.known(files)
    const told: (FileFacts & { name: string })[] = []
    for (const { createdAt: _, ...one } of known.values())
      if (own.has(one.file) || (await store.isPublished(one.file)))
        told.push({ ...one, name: own.get(one.file) ?? `file.${one.mediaType.split('/').at(-1)!.slice(0, 20)}` })
    return { files: told }
  },
})

export const readAttachment = operation({
  name: 'files.read',
  summary: 'Find out what a file is, if a published record names it, or a draft that one may see',
  http: 'GET /files/:file',
  isForPages: true,
  input: Type.Object({ file: File, draft: Type.Optional(Type.String({ pattern: recordId })) }, closed),
  output: Type.Object({ mediaType: Type.String(), bytes: Type.Integer(), isPublic: Type.Boolean() }),
  allow: () => true,
  run: async (context, { file, draft }) => {
    const store = attachedFiles(context.db)
    const known = (await store.known([file])).get(file)
    if (!known) throw noSuch('file', file)
    const isPublic = await store.isPublished(file)
    if (!isPublic) {
      const owners = await store.owners(file)
      const isOwn = context.actor.kind === 'person' && owners.includes(context.actor.id)
      if (!isOwn && !(await isLent(context, file, owners, draft))) throw ofOthers('file', file)
    }
    return { mediaType: known.mediaType, bytes: known.bytes, isPublic }
  },
})

async function isLent(context: Context, file: string, owners: readonly string[], draft?: string): Promise<boolean> {
  if (draft === undefined || context.actor.kind === 'anyone') return false
  for (const { isLent: lends } of usersOfFiles(context))
    if (await lends?.(context, { file, owners, draft })) return true
  return false
}

export const fileOperations: AnyOperation[] = [keepFile, describeFiles, readAttachment]
