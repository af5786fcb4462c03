/** The forms by which learners take all their credentials as one. */
import { errorsOf } from '#ui/forms.ts'
import type { Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { orWrong, post, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { claimPath } from './claims/claim.ts'
import { readClaim } from './claims/claims.ts'
import { file } from './claims.routes.ts'
import { badgeFile } from './issuing/badge-file.ts'
import type { Signed } from './issuing/issue.ts'
import { countByLink, takeByLink, takeMine } from './learner-records/operations.ts'
import { claimPage, learnerRecordPath } from './pages/claim.ts'
import { heldPath } from './pages/held.ts'

const asFile = (credential: Signed) => {
  const { mediaType, body } = badgeFile(credential, 'json', '')
  return file(body, mediaType, 'learner-record.json')
}

/** The secret of a link, or what was typed where it is none. */
const secretOf = (link: string): string => /\/claim\/([\w-]{43})(?:[/?#]|$)/.exec(link)?.[1] ?? link.slice(0, 100)

export function mountLearnerRecords(web: Web, pageContext: PageContext): void {
  const { ask, askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  web.route('GET', learnerRecordPath(':secret'), async (request, { secret = '' }) =>
    seeOther(viewFor(request).href(claimPath(secret))),
  )
  post(web, learnerRecordPath(':secret'), async (request, form, { secret = '' }) => {
    const links = (form.get('links') ?? '').trim()
    const others = links.split(/\s+/).filter(Boolean).map(secretOf)
    return orWrong(
      async () =>
        asFile((await askAs(request.who, takeByLink, { secret, others, language: request.language })).credential),
      async (violations) => {
        const view = viewFor(request)
        const { count } = await ask(countByLink, { secret })
        const errors = errorsOf(view, violations, ['links'])
        return claimPage(view, await ask(readClaim, { secret }), secret, count, links, errors)
      },
    )
  })
  page(heldPath, async (request) => seeOther(viewFor(request).href('/account#credentials')))
  take(heldPath, async (request) =>
    asFile((await askAs(request.who, takeMine, { language: request.language })).credential),
  )
}
