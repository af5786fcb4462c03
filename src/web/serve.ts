/** The whole site: every operation below /api, every page, every file. */
import { join } from 'node:path'
import type { House } from '#app'
import type { Feature } from '#core/feature.ts'
import type { Content } from '#core/html/html.ts'
import { loadAllMessages } from '#core/languages/messages.ts'
import { isReading } from '#core/operation.ts'
import type { Printer } from '#core/print.ts'
import { Problem } from '#core/problem.ts'
import { readAssets } from '#core/web/assets.ts'
import { json, mountOperations } from '#core/web/api.ts'
import type { Answer } from '#core/web/answer.ts'
import { negotiateType } from '#core/web/negotiate.ts'
import { cookieIn, cookieName } from '#core/web/cookies.ts'
import { buildWeb, nobody, type Asked, type Web } from '#core/web/server.ts'
import { problemWords } from '#house/pages/problem-words.ts'
import { problemPage } from '#house/pages/texts.ts'
import { viewOf, type Site } from '#house/pages/view.ts'
import { noteUse, whoHasKey, whoHasSession, type Noticed } from '#house/people/identify.ts'
import { people } from '#house/people/store.ts'
import type { Mounted, SlotName, Slots } from './mounting.ts'
import type { Asking } from './records.ts'

/** On the disk of the data, so that what is kept need only be moved. */
export const uploadsIn = (dataDir: string) => join(dataDir, 'uploads')

export type SiteOptions = {
  publicUrl: string
  siteName: string
  dataDir: string
  version: string
  /** How large a picture or document may be that people attach. */
  attachmentMegabytes?: number
  /** Whose word on where a request comes from is taken; none where absent. */
  trustedProxies?: string
  /** Makes PDF of pages, where the operator has what it takes. */
  printer?: Printer | undefined
  report: (error: unknown, where: string) => void
}

export function buildSite(
  house: House,
  {
    publicUrl,
    siteName,
    dataDir,
    version,
    report,
    printer,
    trustedProxies = '',
    attachmentMegabytes = 10,
  }: SiteOptions,
): Web {
  const { collections, features, kinds, operations, operationNamed, parts } = house.system
  loadAllMessages()
  const assets = readAssets()
  const site: Site = {
    name: siteName,
    address: house.ground.services.site.address,
    provider: house.ground.services.provider?.name,
    assets: assets.address,
    attachmentMegabytes,
    kinds,
    collectionTitles: new Map([...collections.values()].map(({ name, title }) => [name, title])),
  }
  const view: Asking['view'] = (asked) => viewOf(asked, site)
  const isSecure = publicUrl.startsWith('https:')
  const sessionCookie = cookieName('session', isSecure)
  const noticed = (one: Noticed) =>
    void noteUse(house.database, one, house.world.now()).catch((error: unknown) => report(error, 'sessions'))
  const web = buildWeb({
    publicUrl,
    uploadFolder: uploadsIn(dataDir),
    trustedProxies,
    isPersonal: (cookies) => cookies !== undefined && cookies.includes(sessionCookie),
    identify: ({ cookies, authorization }) =>
      authorization === undefined
        ? whoHasSession(house.database.read, cookieIn(cookies, sessionCookie), house.world.now(), noticed)
        : whoHasKey(house.database.read, authorization, house.world.now(), noticed),
    answerProblem: (problem, asked) => answerProblem(view, problem, asked),
    report: (error, asked) => report(error, `${asked.method} ${asked.path}`),
  })
  const askAs: Asking['askAs'] = async ({ actor }, op, raw) => {
    const answer = await house.perform(op, actor, raw)
    if (!isReading(op)) await house.followOwn()
    return answer
  }
  const askForPart: Asking['askForPart'] = ({ actor }, op, raw) => house.lookFor(op, actor, raw)
  const refuse: Asking['refuse'] = async ({ actor }, operation) => {
    await house.ground.refused?.({ name: operation }, actor)
    throw new Problem('forbidden', { operation })
  }
  const ask: Asking['ask'] = (op, raw) => askAs(nobody, op, raw)
  const namesOf: Asking['namesOf'] = async (ids) => {
    const known = await people(house.database.read).byIds(ids)
    return ids.flatMap((id) => known.get(id)?.name || [])
  }
  const nameOf: Asking['nameOf'] = async (changedBy) => {
    const [, id] = /^person:(.+)$/.exec(changedBy) ?? []
    return id === undefined ? changedBy : ((await people(house.database.read).byId(id))?.name ?? changedBy)
  }
  const asking: Asking = {
    ask,
    askAs,
    askForPart,
    refuse,
    view,
    kinds,
    parts,
    namesOf,
    nameOf,
    isSecure,
    operation: operationNamed,
    slot: (name, asked, about) => fillSlot(features, asking, { name, asked, about }),
  }

  mountOperations(web, operations, house.perform, house.followOwn)
  const mounted: Mounted = {
    ...house.running,
    operations,
    version,
    printer,
    attachmentBytes: attachmentMegabytes * 1024 * 1024,
    report,
  }
  for (const { routes = [] } of features) for (const mount of routes) mount(web, asking, mounted)
  web.route('GET', '/assets/:name', (asked) => {
    const found = assets.find(asked.path)
    if (!found) throw new Problem('notFound', { what: asked.path.slice(0, 200) })
    return found
  })
  house.onChange(() => web.forget())
  return web
}

/** What features add to a page, in their order. */
async function fillSlot<Name extends SlotName>(
  features: readonly Feature[],
  asking: Asking,
  { name, asked, about }: { name: Name; asked: Asked; about: Slots[Name] },
): Promise<Content> {
  const fills = features.flatMap(({ slots }) => slots?.[name] ?? [])
  return Promise.all(fills.map((fill) => fill(asking, asked, about)))
}

/** A page for people, problem details (RFC 9457) for programs. */
function answerProblem(viewFor: Asking['view'], problem: Problem, asked: Asked): Answer {
  const view = viewFor(asked)
  const isProgram =
    /\.(json|jsonld|csl|bib|ris|csv)$/.test(asked.path) ||
    /^\/api(\/|$)/.test(asked.path) ||
    negotiateType(asked.accept, ['text/html', 'application/json']) === 'application/json'
  const answer = isProgram ? problemDetails(view, problem) : problemPage(view, problem)
  if (problem.code === 'merged' && asked.method === 'GET') return toMerged(problem, asked, answer)
  const headers: Record<string, string> =
    problem.status === 401 ? { 'www-authenticate': 'Bearer' } : problem.status === 503 ? { 'retry-after': '5' } : {}
  return { ...answer, headers: { ...answer.headers, ...headers, 'cache-control': 'no-store' } }
}

/** Whoever asks for a record that was merged is led to the one that it is now. */
function toMerged({ values }: Problem, { prefix, address }: Asked, answer: Answer): Answer {
  const location = `${prefix}${address.replace(String(values.id), String(values.into))}`
  return { ...answer, status: 308, headers: { ...answer.headers, location, 'cache-control': 'no-cache' } }
}

function problemDetails(view: ReturnType<typeof viewOf>, problem: Problem): Answer {
  const { title, detail, next } = problemWords(view, problem)
  const value = {
    type: view.absolute(`/problems#${problem.code}`),
    status: problem.status,
    title,
    detail,
    next,
    code: problem.code,
    ...(problem.misfits.length && { misfits: problem.misfits }),
  }
  return json(value, {
    status: problem.status,
    type: 'application/problem+json',
    keep: false,
    headers: { 'content-language': view.language },
  })
}
