/** How often one is told, and the address in e-mails that stops them. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import { Incoming } from '#kernel/http/uploads.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { changeChoices, readStop, stopNotices } from './notices/choices.ts'
import { stoppedPage, stopPage } from './pages/notices.ts'
import { forSignedIn } from './signed-in.ts'

/** The address is a secret. */
const hidden = (answer: HttpResponse): HttpResponse => ({
  ...answer,
  headers: { ...answer.headers, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
})

export function mountNotices(web: Web, pageContext: PageContext): void {
  const { ask, askAs, view: viewFor } = pageContext
  forSignedIn(web, pageContext).take('/account/notices', async (request, form) => {
    await askAs(request.who, changeChoices, { own: form.get('own') ?? '', queue: form.get('queue') ?? '' })
    return seeOther(viewFor(request).href('/account?saved=notices'))
  })
  web.route('GET', '/account/notices', async (request) => seeOther(viewFor(request).href('/account#emails')))

  web.route('GET', '/emails/:secret', async (request, { secret = '' }) => {
    const { topic } = await ask(readStop, { secret: secret.slice(0, 100) })
    return hidden(stopPage(viewFor(request), secret, topic))
  })

  // Mail programs send this from wherever they are (RFC 8058 §3.2): the secret is what counts, and it only stops e-mails.
  web.route(
    'POST',
    '/emails/:secret',
    async (request, { secret = '' }, body) => {
      if (body instanceof Incoming) {
        const { remove } = await body.receive({ fileBytes: 1, files: 1 }, { keepFiles: false })
        await remove()
      }
      await ask(stopNotices, { secret: secret.slice(0, 100) })
      return hidden(stoppedPage(viewFor(request)))
    },
    { takesFiles: true },
  )
}
