/** The catalogue for programs: DCAT, ResourceSync. */
import { join } from 'node:path'
import { json } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { journalAfter, journalHead } from '#kernel/journal.ts'
import { noSuch } from '#kernel/problem.ts'
import { writeSyncDocument, type SyncDocument } from '#codecs/resourcesync/write-document.ts'
import { dumpIn } from '#features/dump/import-dump.ts'
import { demonstrationsIn } from '#records/demonstration.ts'
import { records } from '#records/store.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { toDcat } from './catalogue/dcat.ts'
import {
  capabilityList,
  changeList,
  entriesInPart,
  partsOf,
  paths,
  resourceList,
  sourceDescription,
} from './catalogue/resource-sync.ts'
import { interfaces } from './interfaces.ts'
import { presentedBy } from './presented.ts'

export function mountCatalogue(
  web: Web,
  { lastChange }: PageContext,
  { database: { read: db }, services, dataDir }: Mounted,
): void {
  const at =
    ({ base }: HttpRequest) =>
    (path: string) =>
      `${base}${path}`
  const document = (body: SyncDocument): HttpResponse => ({
    status: 200,
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'no-cache', ...openToAll },
    body: writeSyncDocument(body),
    keep: true,
  })

  web.route('GET', '/dcat.jsonld', async (request) => {
    const absolute = at(request)
    const about = Object.fromEntries(languages.map((tag) => [tag, messagesIn(tag)('layout.purpose')]))
    const value = toDcat({
      absolute,
      about,
      languages,
      ...presentedBy(services),
      changedAt: await lastChange(),
      dump: await dumpIn(join(dataDir, 'dump')),
      services: interfaces.map(({ title, path, description, conformsTo }) => ({
        title,
        address: absolute(path),
        description: absolute(description),
        conformsTo,
      })),
    })
    const answer = json(value, { keep: false })
    return { ...answer, headers: { ...answer.headers, 'content-type': 'application/ld+json' } }
  })

  web.route('GET', paths.source, (request) => document(sourceDescription(at(request))))

  const partCount = (lines: number) => Math.max(1, Math.ceil(lines / entriesInPart))
  const lists = {
    capabilitylist: { index: async (absolute: ReturnType<typeof at>) => capabilityList(absolute), part: undefined },
    resourcelist: {
      index: async (absolute: ReturnType<typeof at>) =>
        partsOf(absolute, 'resourcelist', partCount(await records(db).lastNumber()), { at: await lastChange() }),
      part: async (absolute: ReturnType<typeof at>, part: number) => {
        if (part > partCount(await records(db).lastNumber())) return undefined
        const [after, upTo] = [(part - 1) * entriesInPart, part * entriesInPart]
        return resourceList(absolute, await lastChange(), await records(db).addresses(after, upTo))
      },
    },
    changelist: {
      index: async (absolute: ReturnType<typeof at>) => {
        const [first] = await journalAfter(db, 0, 1)
        return partsOf(absolute, 'changelist', partCount(await journalHead(db)), { from: first?.at })
      },
      part: async (absolute: ReturnType<typeof at>, part: number) => {
        if (part > partCount(await journalHead(db))) return undefined
        const lines = await journalAfter(db, (part - 1) * entriesInPart, entriesInPart)
        const apart = new Set((await demonstrationsIn(db)).map(({ number }) => number))
        return changeList(absolute, lines, ({ recordNumber }) => !apart.has(recordNumber))
      },
    },
  } as const

  web.route('GET', '/resourcesync/:name', async (request, { name = '' }) => {
    const [, capability = '', part] = /^([a-z]+)(?:-([1-9]\d{0,5}))?\.xml$/.exec(name) ?? []
    const list = Object.hasOwn(lists, capability) ? lists[capability as keyof typeof lists] : undefined
    const found = part === undefined ? await list?.index(at(request)) : await list?.part?.(at(request), Number(part))
    if (!found) throw noSuch('file', name.slice(0, 100))
    return document(found)
  })
}
