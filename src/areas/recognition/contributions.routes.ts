/** The forms of the account page by which people get a credential of what they contributed, and take it back. */
import type { Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { askContributionCredential, takeBackContributionCredential } from './contributions/contributions.ts'
import { contributionsPath, takeBackPath } from './pages/contributions.ts'

export function mountContributions(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  // What such a form answers has its address: going there again, in another language too, leads to the account.
  for (const path of [contributionsPath, takeBackPath])
    page(path, async (request) => seeOther(viewFor(request).href('/account#contributions')))
  take(contributionsPath, async (request, form) => {
    const { path } = await askAs(request.who, askContributionCredential, {
      record: form.get('record') ?? '',
      isNamed: form.get('named') === 'yes',
      language: request.language,
    })
    return seeOther(viewFor(request).href(path))
  })
  take(takeBackPath, async (request, form) => {
    await askAs(request.who, takeBackContributionCredential, { credential: form.get('credential') ?? '' })
    return seeOther(viewFor(request).href('/account#contributions'))
  })
}
