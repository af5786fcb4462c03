/** How often one is told, and the address in e-mails that stops them. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import { Incoming } from '#kernel/http/uploads.ts'
import { chosenIn } from '#ui/form-post.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { changeChoices, readStop, stopNotices } from './notices/choices.ts'
import { stoppedPage, stopPage } from './pages/notices.ts'
import { accountForms } from './account.routes.ts'
import { frequencies, topics } from './notices/tables.ts'

/** The address is a secret. */
const hidden = (answer: HttpResponse): HttpResponse => ({
  ...answer,
  headers: { ...answer.headers, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
})

export function mountNotices(web: Web, pageContext: PageContext, { operations }: Mounted): void {
  const { ask, askAs, view: viewFor } = pageContext
  const { part, back } = accountForms(web, pageContext, operations)
  part('/account/notices', 'notices', topics, async (request, form) => {
    const [own, queue] = topics.map((topic) => chosenIn(form, topic, frequencies))
    await askAs(request.who, changeChoices, { own, queue })
    return back(request, 'notices')
  })

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
