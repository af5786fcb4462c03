/** The whole site: every operation below /api, every page, every file. */
import { join } from 'node:path'
import type { App } from '#app'
import type { Feature } from '#kernel/feature.ts'
import { loadAllMessages } from '#kernel/i18n/messages.ts'
import { lastChangeAt } from '#kernel/journal.ts'
import { idempotency } from '#kernel/idempotency.ts'
import { isReading } from '#kernel/operation.ts'
import type { Counted } from '#kernel/operation.ts'
import type { Printer } from '#kernel/print.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { readAssets } from '#kernel/http/assets.ts'
import { json, mountOperations } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { negotiateType } from '#kernel/http/negotiate.ts'
import { cookieIn, cookieName } from '#kernel/http/cookies.ts'
import { buildWeb, nobody, type HttpRequest, type Web, type Who } from '#kernel/http/server.ts'
import { problemWords, ruleWords } from '#ui/problem-words.ts'
import { problemPage } from '#features/portal/pages/documents.ts'
import { viewOf, type Site } from '#ui/view.ts'
import { noteUse, whoHasKey, whoHasSession, type Noticed } from '#accounts/identify.ts'
import { expectFewOf } from '#accounts/rate-limit.ts'
import { people } from '#accounts/store.ts'
import type { AreaTask, Mounted, SlotName } from '#ui/mounting.ts'
import { askingOnce } from '#ui/ask-once.ts'
import { siteIn } from '#features/site/look.ts'
import type { PageContext } from '#ui/page-context.ts'
import { filledListings } from './filled-listings.ts'

/** On the disk of the data, so that what is kept need only be moved. */
export const uploadsIn = (dataDir: string) => join(dataDir, 'uploads')

export type SiteOptions = {
  publicUrl: string
  siteName: string
  dataDir: string
  version: string
  /** How large a picture or document may be that people attach. */
  attachmentMegabytes?: number
  /** Proxies that are trusted to say where a request comes from; none when absent. */
  trustedProxies?: string
  /** Makes PDF of pages, where the operator has what it takes. */
  printer?: Printer | undefined
  /** Whether a mail server is set. */
  sendsMail?: boolean
  /** Whether what pages are made of is checked against what its operation promises, as what programs get is: tests do. */
  checksPages?: boolean
  report: (error: unknown, where: string) => void
}

export function buildSite(
  app: App,
  {
    publicUrl,
    siteName,
    dataDir,
    version,
    report,
    printer,
    sendsMail = true,
    trustedProxies = '',
    attachmentMegabytes = 10,
    checksPages = false,
  }: SiteOptions,
): Web {
  const { sources } = app.runtime.services
  const { features, kinds, operations, operationNamed, parts } = app.system
  loadAllMessages()
  const assets = readAssets()
  const listings = filledListings({
    features,
    db: app.database.read,
    changed: () => web.forget(),
    failed: (error) => report(error, 'footers'),
  })
  const site: Site = {
    name: siteName,
    address: app.runtime.services.site.address,
    provider: app.runtime.services.provider?.name,
    makesPdf: printer !== undefined,
    sendsMail,
    assets: assets.address,
    attachmentMegabytes,
    kinds,
    isFilled: (page) => listings.isFilled(page),
    collectionTitles: { get: (name) => sources.get(name)?.title },
  }
  const { appearance } = app.runtime.services
  const view: PageContext['view'] = (request) => viewOf(request, siteIn(site, appearance, request.language))
  const isSecure = publicUrl.startsWith('https:')
  const sessionCookie = cookieName('session', isSecure)
  const noticed = (one: Noticed) =>
    void noteUse(app.database, one, app.environment.now()).catch((error: unknown) => report(error, 'sessions'))
  const withWaiting = async (who: Who | undefined): Promise<Who | undefined> => {
    if (who?.by !== 'session') return who
    const waiting = await app.runtime.services.hooks.waiting({ db: app.database.read, actor: who.actor })
    return { ...who, session: { ...who.session, waiting } }
  }
  const web = buildWeb({
    publicUrl,
    uploadFolder: uploadsIn(dataDir),
    trustedProxies,
    isPersonal: (cookies) => cookies !== undefined && cookies.includes(sessionCookie),
    identify: async ({ cookies, authorization }) =>
      authorization === undefined
        ? withWaiting(
            await whoHasSession(app.database.read, cookieIn(cookies, sessionCookie), app.environment.now(), noticed),
          )
        : whoHasKey(app.database.read, authorization, app.environment.now(), noticed),
    ...(app.runtime.services.answered && { answered: app.runtime.services.answered }),
    respondWithProblem: (problem, request) => respondWithProblem(view, problem, request),
    report: (error, request) => report(error, `${request.method} ${withoutSecrets(request.path)}`),
  })
  const askAs: PageContext['askAs'] = async ({ actor }, op, raw) => {
    const answer = await app.perform(op, actor, raw, { isForPage: !checksPages })
    if (!isReading(op)) await app.followOwn()
    return answer
  }
  const askForPart: PageContext['askForPart'] = ({ actor }, op, raw) => app.lookFor(op, actor, raw)
  const refuse: PageContext['refuse'] = async ({ actor }, operation) => {
    await app.runtime.refused?.({ name: operation }, actor)
    throw new Problem('forbidden', { operation })
  }
  const ask: PageContext['ask'] = (op, raw) => askAs(nobody, op, raw)
  const { askOnce, forget } = askingOnce(ask)
  const namesOf: PageContext['namesOf'] = async (ids) => {
    const known = await people(app.database.read).byIds(ids)
    return ids.flatMap((id) => known.get(id)?.name || [])
  }
  const nameOf: PageContext['nameOf'] = async ({ t }, changedBy) => {
    const [, sort, id = ''] = /^(person|system):(.+)$/.exec(changedBy) ?? []
    if (sort === 'person') return (await people(app.database.read).byId(id))?.name || t('actor.formerMember')
    const [, source] = /^import\/(.+)$/.exec(id) ?? []
    return source ? t('actor.import', { source: sources.get(source)?.title ?? source }) : t('actor.site')
  }
  const fillsOf = fillsByName(features)
  const lastChange = async () => (await lastChangeAt(app.database.read)) ?? app.environment.now().toISOString()
  const pageContext: PageContext = {
    ask,
    askOnce,
    askAs,
    askForPart,
    refuse,
    view,
    kinds,
    parts,
    namesOf,
    nameOf,
    lastChange,
    isSecure,
    operation: operationNamed,
    tasksOf: (area) => areaTasks(features, area),
    askedBySlots: (...names) =>
      features.flatMap(({ asksOfPages }) => names.flatMap((name) => asksOfPages?.[name] ?? [])),
    slot: async (name, request, about) => Promise.all(fillsOf(name).map((fill) => fill(pageContext, request, about))),
  }

  const expectFew = (what: Counted, request: HttpRequest) =>
    expectFewOf(app.running.database, what, request, app.environment.now())
  const { once } = idempotency(app.environment.now)
  mountOperations(web, operations, { perform: app.perform, after: app.followOwn, once, lastChange, expectFew })
  const mounted: Mounted = {
    ...app.running,
    operations,
    version,
    printer,
    attachmentBytes: attachmentMegabytes * 1024 * 1024,
    report,
  }
  for (const { routes = [] } of features) for (const mount of routes) mount(web, pageContext, mounted)
  web.route(
    'GET',
    '/assets/:name',
    (request) => {
      const found = assets.find(request.path)
      if (!found) throw noSuch('file', request.path)
      return found
    },
    { takes: 'anything' },
  )
  app.onChange(() => {
    forget()
    web.forget()
    listings.look()
  })
  app.beforeClose(listings.settled)
  listings.look()
  return web
}

/** Links that work once, and addresses of feeds, are secrets: what is written to the output does not hold them. */
const withoutSecrets = (path: string): string => path.replaceAll(/[\w-]{20,}/g, '…')

/** What one can do for an area: first at its own home, then elsewhere, in the order of the features. */
const areaTasks = (features: readonly Feature[], area: string): readonly AreaTask[] =>
  [...features.filter(({ name }) => name === area), ...features.filter(({ name }) => name !== area)]
    .flatMap(({ tasks = [] }) => tasks)
    .filter((task) => task.area === area)

type Fills<Name extends SlotName> = NonNullable<NonNullable<Feature['slots']>[Name]>[]

/** What features add to pages, in their order: looked for once, since each page has many places for it. */
function fillsByName(features: readonly Feature[]): <Name extends SlotName>(name: Name) => Fills<Name> {
  const known = new Map<SlotName, readonly unknown[]>()
  return <Name extends SlotName>(name: Name) => {
    const fills = known.get(name) ?? features.flatMap(({ slots }) => slots?.[name] ?? [])
    known.set(name, fills)
    return fills as Fills<Name>
  }
}

/** A page for people, problem details (RFC 9457) for programs. */
function respondWithProblem(viewFor: PageContext['view'], problem: Problem, request: HttpRequest): HttpResponse {
  const view = viewFor(request)
  const isProgram =
    // People’s browsers bring no key.
    request.headers.authorization !== undefined ||
    /^application\/(.+\+)?json\b/i.test(request.headers['content-type'] ?? '') ||
    /\.(json|jsonld|amb|linkset|csl|bib|ris|csv)$/.test(request.path) ||
    // People follow links to these too, and their browsers say that they read pages.
    (/\.(xlsx|atom|xml|pdf|png|svg)$/.test(request.path) && !request.accept?.includes('text/html')) ||
    /^\/(api|\.well-known|log\/(checkpoint|keys|tile))(\/|$)/.test(request.path) ||
    negotiateType(request.accept, ['text/html', 'application/json']) === 'application/json'
  const answer = isProgram ? problemDetails(view, problem) : problemPage(view, problem)
  if (problem.code === 'merged' && request.method === 'GET') return toMerged(problem, request, answer)
  const headers: Record<string, string> =
    problem.status === 401
      ? { 'www-authenticate': request.headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"' }
      : problem.status === 503 || problem.code === 'stillRunning'
        ? { 'retry-after': '5' }
        : problem.code === 'tooManyRequests'
          ? { 'retry-after': String(Number(problem.values.minutes) * 60) }
          : {}
  // Where the address is a secret, no page that is gone to from here learns it.
  const secrecy: Record<string, string> =
    withoutSecrets(request.path) === request.path ? {} : { 'referrer-policy': 'no-referrer' }
  return { ...answer, headers: { ...answer.headers, ...headers, ...secrecy, 'cache-control': 'no-store' } }
}

/** A request for a merged record is redirected to the one that stayed. */
function toMerged({ values }: Problem, { prefix, address }: HttpRequest, answer: HttpResponse): HttpResponse {
  const location = `${prefix}${address.replace(String(values.id), String(values.into))}`
  return { ...answer, status: 308, headers: { ...answer.headers, location, 'cache-control': 'no-cache' } }
}

function problemDetails(view: ReturnType<typeof viewOf>, problem: Problem): HttpResponse {
  const { title, detail, next } = problemWords(view, problem)
  const violations = problem.violations.map((one) => ({ ...one, message: ruleWords(view, one) }))
  const value = {
    type: view.absolute(`/problems#${problem.code}`),
    status: problem.status,
    title,
    detail,
    next,
    code: problem.code,
    // `misfits` is what version 0.1 called them.
    ...(violations.length && { violations, misfits: violations }),
  }
  return json(value, {
    status: problem.status,
    type: 'application/problem+json',
    keep: false,
    headers: { 'content-language': view.language },
  })
}
