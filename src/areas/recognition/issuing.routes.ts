/** Pages on which curators issue badges and change their status. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { errorsOf } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { badgeFile, badgeFormats } from './issuing/badge-file.ts'
import { issueBadge } from './issuing/issue-badge.ts'
import { listIssued, readStatus, setStatus } from './issuing/status.ts'
import { issueFields, issuePage, issuePath, statusPage } from './pages/issue.ts'

const linesShown = 50
const extensions = { png: 'png', svg: 'svg', json: 'json' } as const

export function mountIssuing(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const issued = async (who: Parameters<typeof askAs>[0]) =>
    (await askAs(who, listIssued, { limit: linesShown })).credentials

  page(issuePath, async (request) => issuePage(viewFor(request), await issued(request.who)))

  take(issuePath, async (request, form) => {
    const typed = Object.fromEntries(issueFields.map((name) => [name, form.get(name) ?? '']))
    return orWrong(
      async () => {
        const format = chosenIn(form, 'format', badgeFormats)
        const { format: _, ...words } = typed
        const { id, credential } = await askAs(request.who, issueBadge, words)
        const { mediaType, body } = badgeFile(credential, format, `${viewFor(request).site.address}/verify`)
        return fileResponse(body, mediaType, `badge-${id}.${extensions[format]}`)
      },
      async (violations) =>
        issuePage(
          viewFor(request),
          await issued(request.who),
          typed,
          errorsOf(viewFor(request), violations, issueFields),
        ),
    )
  })

  page(`${issuePath}/:id`, async (request, { id = '' }) =>
    statusPage(viewFor(request), await askAs(request.who, readStatus, { id })),
  )

  take(`${issuePath}/:id`, async (request, form, { id = '' }) => {
    const typed = { state: form.get('state') ?? '', reason: form.get('reason') ?? '' }
    return orWrong(
      async () => {
        const state = chosenIn(form, 'state', ['valid', 'revoked', 'suspended'] as const)
        await askAs(request.who, setStatus, { id, state, reason: typed.reason })
        return seeOther(viewFor(request).href(`${issuePath}/${id}`))
      },
      async (violations) =>
        statusPage(
          viewFor(request),
          await askAs(request.who, readStatus, { id }),
          typed,
          errorsOf(viewFor(request), violations, ['state', 'reason']),
        ),
    )
  })
}

/** Saved, never shown: what stands in it was typed. */
const fileResponse = (body: string | Buffer, mediaType: string, name: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  },
  body,
  keep: false,
})
