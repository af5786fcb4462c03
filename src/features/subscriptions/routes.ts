/** What people watch: saving, following, the page of it all, its feed, and the links in e-mails. */
import { taking } from '#kernel/http/asked-names.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { Incoming } from '#kernel/http/uploads.ts'
import { toAtom } from '#features/export/atom.ts'
import { recordPath } from '#ui/cards.ts'
import { errorsOf } from '#ui/forms.ts'
import { rhythms } from './tables.ts'
import {
  letterPage,
  quietPage,
  saveSearchPage,
  subscriptionsPage,
  type SubscriptionsPage,
  type SubscriptionState,
} from './pages/subscriptions.ts'
import { read } from '#records/operations.ts'
import { quietByLetter, readLetter } from './by-letter.ts'
import { endFeed, readFeed, renewFeed } from './feed.ts'
import { listSubscriptions, readEnded, sawAll } from './list.ts'
import {
  changeSubscription,
  endSubscription,
  followRecord,
  resumeSubscription,
  saveSearch,
  subscriptionState,
  type Subscription,
} from './subscribe.ts'
import { isSignedIn, toSignIn } from '#accounts/signed-in.ts'
import { chosenIn, orWrong, post, safePath, seeOther, type Handle } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'

/** The requester’s subscription to this; undefined where nobody is signed in. */
export const subscriptionOf =
  ({ askAs }: Pick<PageContext, 'askAs'>) =>
  async (request: HttpRequest, what: { record: string } | { query: string }): Promise<SubscriptionState> =>
    isSignedIn(request) ? (await askAs(request.who, subscriptionState, what)).watch : undefined

const secretPage = { 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' }

export function mountSubscriptions(web: Web, pageContext: PageContext) {
  mountWatching(web, pageContext)
  mountSearches(web, pageContext)
  mountRecords(web, pageContext)
  mountOwnFeed(web, pageContext)
  mountChanging(web, pageContext)
  mountFeeds(web, pageContext)
  mountLetters(web, pageContext)
}

async function show(
  { askAs, view: viewFor }: PageContext,
  request: HttpRequest,
  more: Partial<SubscriptionsPage> = {},
): Promise<HttpResponse> {
  const listed = await askAs(request.who, listSubscriptions, {})
  return subscriptionsPage(viewFor(request), { ...listed, ...more })
}

async function named({ ask }: PageContext, watch: Subscription | null) {
  if (!watch) return null
  const record = watch.recordId ? await ask(read, { id: watch.recordId }).catch(() => undefined) : undefined
  return { ...watch, title: record?.body.title ?? null, originalLanguage: record?.body.originalLanguage ?? 'en' }
}

/** Others sign in first, and come to the page of all that they watch. */
const formsOfSignedIn = (web: Web) => (path: string, handle: (...given: Parameters<Handle>) => Promise<HttpResponse>) =>
  post(web, path, (request, ...rest) =>
    isSignedIn(request) ? handle(request, ...rest) : Promise.resolve(toSignIn({ ...request, address: '/watching' })),
  )

const back = ({ view: viewFor }: PageContext, request: HttpRequest, form: URLSearchParams, otherwise: string) =>
  seeOther(viewFor(request).href(form.get('next') ? safePath(form.get('next')) : otherwise))

function mountWatching(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const take = formsOfSignedIn(web)

  web.route(
    'GET',
    '/watching',
    async (request) => {
      if (!isSignedIn(request)) return toSignIn(request)
      const [saved, ended] = [request.query.get('saved'), request.query.get('ended')]
      if (ended && isId(ended)) {
        const { watch } = await askAs(request.who, readEnded, { id: ended })
        return show(pageContext, request, { ended: await named(pageContext, watch) })
      }
      return show(pageContext, request, saved && noted.has(saved) ? { saved } : {})
    },
    { takes: taking('saved', 'ended') },
  )

  take('/watching/seen', async (request, form) => {
    await askAs(request.who, sawAll, { upTo: Number(form.get('upTo')) || 0 })
    return seeOther(viewFor(request).href('/watching?saved=seen'))
  })
}

function mountSearches(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const take = formsOfSignedIn(web)
  take('/watching/searches', async (request, form) => {
    const [query, name] = [(form.get('query') ?? '').slice(0, 2_000), form.get('name') ?? '']
    return orWrong(
      async () => {
        const often = chosenIn(form, 'often', rhythms)
        await askAs(request.who, saveSearch, { query, name, often, language: request.language })
        return back(pageContext, request, form, '/watching?saved=saved')
      },
      (violations) => {
        const view = viewFor(request)
        return saveSearchPage(view, {
          query,
          name,
          often: form.get('often') ?? '',
          errors: errorsOf(view, violations, ['name', 'often']),
        })
      },
    )
  })
  web.route('GET', '/watching/searches', async (request) => seeOther(viewFor(request).href('/watching')))
}

function mountRecords(web: Web, pageContext: PageContext) {
  const { askAs } = pageContext
  const take = formsOfSignedIn(web)
  take('/watching/records', async (request, form) => {
    await askAs(request.who, followRecord, { id: form.get('id') ?? '' })
    return back(pageContext, request, form, '/watching?saved=saved')
  })
}

function mountOwnFeed(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const take = formsOfSignedIn(web)

  take('/watching/feed', async (request) => {
    const { secret } = await askAs(request.who, renewFeed, {})
    const answer = await show(pageContext, request, {
      feed: viewFor(request).absolute(`${request.prefix}/watching/feeds/${secret}`),
    })
    return { ...answer, headers: { ...answer.headers, ...secretPage } }
  })

  take('/watching/feed/end', async (request) => {
    await askAs(request.who, endFeed, {})
    return seeOther(viewFor(request).href('/watching?saved=feedEnded'))
  })
}

function mountChanging(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const take = formsOfSignedIn(web)

  take('/watching/:id/often', async (request, form, { id }) => {
    return orWrong(
      async () => {
        await askAs(request.who, changeSubscription, { id, often: chosenIn(form, 'often', rhythms) })
        return seeOther(viewFor(request).href('/watching?saved=saved'))
      },
      (violations) =>
        show(pageContext, request, { refused: { id: id!, errors: errorsOf(viewFor(request), violations, ['often']) } }),
    )
  })
  web.route('GET', '/watching/:id/often', async (request) => seeOther(viewFor(request).href('/watching')))

  take('/watching/:id/end', async (request, form, { id }) => {
    await askAs(request.who, endSubscription, { id })
    return back(pageContext, request, form, `/watching?ended=${id}`)
  })

  take('/watching/:id/resume', async (request, _form, { id }) => {
    await askAs(request.who, resumeSubscription, { id })
    return seeOther(viewFor(request).href('/watching?saved=resumed'))
  })
}

function mountFeeds(web: Web, pageContext: PageContext) {
  const { ask, view: viewFor } = pageContext
  web.route(
    'GET',
    '/watching/feeds/:secret',
    async (request, { secret = '' }) => {
      const found = await ask(readFeed, { secret: secret.slice(0, 100) })
      const view = viewFor(request)
      const body = toAtom({
        title: `${view.t('watch.title')} · ${view.site.name}`,
        language: view.language,
        author: view.site.name,
        self: view.absolute(`${request.prefix}${request.path}`),
        page: view.absolute(view.href('/watching')),
        emptySince: found.since,
        records: found.records,
        addressOf: ({ id }) => view.absolute(recordPath(id)),
      })
      const headers = {
        'content-type': 'application/atom+xml; charset=utf-8',
        ...secretPage,
        'cache-control': 'private, no-cache',
      }
      return { status: 200, headers, body, keep: false }
    },
    { isFile: true },
  )
}

function mountLetters(web: Web, pageContext: PageContext) {
  const { ask, view: viewFor } = pageContext

  web.route(
    'GET',
    '/watching/letters/:secret',
    async (request, { secret = '' }) => {
      const id = request.query.get('watch')
      const told = { secret: secret.slice(0, 100), ...(id && isId(id) && { watch: id }) }
      const { watch } = await ask(readLetter, told)
      const answer = letterPage(viewFor(request), { secret: told.secret, watch: await named(pageContext, watch) })
      return { ...answer, headers: { ...answer.headers, ...secretPage } }
    },
    { takes: taking('watch') },
  )

  // Mail programs send this from wherever they are (RFC 8058 §3.2): the secret is what counts, and it only stops e-mails.
  web.route(
    'POST',
    '/watching/letters/:secret',
    async (request, { secret = '' }, body) => {
      const form = body instanceof Incoming ? await fieldsOf(body) : body
      const id = form instanceof URLSearchParams ? form.get('watch') : null
      await ask(quietByLetter, { secret: secret.slice(0, 100), ...(id && isId(id) && { watch: id }) })
      const answer = quietPage(viewFor(request))
      return { ...answer, headers: { ...answer.headers, ...secretPage } }
    },
    { takesFiles: true },
  )
}

async function fieldsOf(body: Incoming): Promise<URLSearchParams> {
  const { form, remove } = await body.receive({ fileBytes: 1, files: 1 }, { keepFiles: false })
  await remove()
  return form
}

const isId = (text: string) => /^[0-9a-hjkmnp-tv-z]{16}$/.test(text)
const noted = new Set(['saved', 'seen', 'feedEnded', 'resumed'])
