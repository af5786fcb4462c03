/** What people watch: saving, following, the page of it all, its feed, and the links in letters. */
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { Incoming } from '#core/web/uploads.ts'
import { toAtom } from '#house/formats/atom.ts'
import { recordPath } from '#house/pages/cards.ts'
import { letterPage, quietPage, watchingPage, type WatchingPage, type WatchState } from '#house/pages/watching.ts'
import { read } from '#house/record/operations.ts'
import { quietByLetter, readLetter } from '#house/watching/by-letter.ts'
import { endFeed, readFeed, renewFeed } from '#house/watching/feed.ts'
import { listWatched, readEnded, sawAll } from '#house/watching/list.ts'
import {
  changeWatch,
  endWatch,
  followRecord,
  resumeWatch,
  saveSearch,
  watchState,
  type Watch,
} from '#house/watching/watch.ts'
import { isSignedIn, toSignIn } from './signed-in.ts'
import { post, safePath, seeOther, type Handle } from './posting.ts'
import type { Asking } from './records.ts'

/** Whether whoever asks watches this; undefined where nobody is signed in. */
export const watchedBy =
  ({ askAs }: Pick<Asking, 'askAs'>) =>
  async (asked: Asked, what: { record: string } | { query: string }): Promise<WatchState> =>
    isSignedIn(asked) ? (await askAs(asked.who, watchState, what)).watch : undefined

const longestName = 200
const secretPage = { 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' }

export function mountWatching(web: Web, { ask, askAs, view: viewFor }: Asking) {
  async function show(asked: Asked, more: Partial<WatchingPage> = {}): Promise<Answer> {
    const listed = await askAs(asked.who, listWatched, {})
    return watchingPage(viewFor(asked), { ...listed, ...more })
  }
  const named = async (watch: Watch | null) => {
    if (!watch) return null
    const record = watch.recordId ? await ask(read, { id: watch.recordId }).catch(() => undefined) : undefined
    return { ...watch, title: record?.body.title ?? null, originalLanguage: record?.body.originalLanguage ?? 'en' }
  }
  const take = (path: string, handle: (...given: Parameters<Handle>) => Promise<Answer>) =>
    post(web, path, (asked, ...rest) =>
      isSignedIn(asked) ? handle(asked, ...rest) : Promise.resolve(toSignIn({ ...asked, address: '/watching' })),
    )
  const back = (asked: Asked, form: URLSearchParams, otherwise: string) =>
    seeOther(viewFor(asked).href(form.get('next') ? safePath(form.get('next'), asked.base) : otherwise))

  web.route('GET', '/watching', async (asked) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const [saved, ended] = [asked.query.get('saved'), asked.query.get('ended')]
    if (ended && isId(ended)) {
      const { watch } = await askAs(asked.who, readEnded, { id: ended })
      return show(asked, { ended: await named(watch) })
    }
    return show(asked, saved && noted.has(saved) ? { saved } : {})
  })

  take('/watching/searches', async (asked, form) => {
    await askAs(asked.who, saveSearch, {
      query: (form.get('query') ?? '').slice(0, 2_000),
      name: (form.get('name') ?? '').slice(0, longestName),
      often: form.get('often') ?? 'weekly',
      language: asked.language,
    })
    return back(asked, form, '/watching?saved=saved')
  })

  take('/watching/records', async (asked, form) => {
    await askAs(asked.who, followRecord, { id: form.get('id') ?? '' })
    return back(asked, form, '/watching?saved=saved')
  })

  take('/watching/seen', async (asked, form) => {
    await askAs(asked.who, sawAll, { upTo: Number(form.get('upTo')) || 0 })
    return seeOther(viewFor(asked).href('/watching?saved=seen'))
  })

  take('/watching/feed', async (asked) => {
    const { secret } = await askAs(asked.who, renewFeed, {})
    const answer = await show(asked, { feed: viewFor(asked).absolute(`${asked.prefix}/watching/feeds/${secret}`) })
    return { ...answer, headers: { ...answer.headers, ...secretPage } }
  })

  take('/watching/feed/end', async (asked) => {
    await askAs(asked.who, endFeed, {})
    return seeOther(viewFor(asked).href('/watching?saved=feedEnded'))
  })

  take('/watching/:id/often', async (asked, form, { id }) => {
    await askAs(asked.who, changeWatch, { id, often: form.get('often') ?? '' })
    return seeOther(viewFor(asked).href('/watching?saved=saved'))
  })

  take('/watching/:id/end', async (asked, form, { id }) => {
    await askAs(asked.who, endWatch, { id })
    return back(asked, form, `/watching?ended=${id}`)
  })

  take('/watching/:id/resume', async (asked, _form, { id }) => {
    await askAs(asked.who, resumeWatch, { id })
    return seeOther(viewFor(asked).href('/watching?saved=resumed'))
  })

  web.route('GET', '/watching/feeds/:secret', async (asked, { secret = '' }) => {
    const found = await ask(readFeed, { secret: secret.slice(0, 100) })
    const view = viewFor(asked)
    const body = toAtom({
      title: `${view.t('watch.title')} · ${view.site.name}`,
      language: view.language,
      author: view.site.name,
      self: view.absolute(`${asked.prefix}${asked.path}`),
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
  })

  web.route('GET', '/watching/letters/:secret', async (asked, { secret = '' }) => {
    const id = asked.query.get('watch')
    const told = { secret: secret.slice(0, 100), ...(id && isId(id) && { watch: id }) }
    const { watch } = await ask(readLetter, told)
    const answer = letterPage(viewFor(asked), { secret: told.secret, watch: await named(watch) })
    return { ...answer, headers: { ...answer.headers, ...secretPage } }
  })

  // Mail programs send this from wherever they are (RFC 8058 §3.2): the secret is what counts, and it only stops letters.
  web.route(
    'POST',
    '/watching/letters/:secret',
    async (asked, { secret = '' }, body) => {
      const form = body instanceof Incoming ? await fieldsOf(body) : body
      const id = form instanceof URLSearchParams ? form.get('watch') : null
      await ask(quietByLetter, { secret: secret.slice(0, 100), ...(id && isId(id) && { watch: id }) })
      const answer = quietPage(viewFor(asked))
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
