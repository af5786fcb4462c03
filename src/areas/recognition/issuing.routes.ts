/** Pages on which curators issue badges and change their status. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Content } from '#kernel/html/html.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { errorsOf } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { textOf } from '#ui/view.ts'
import { mostAtOnce, readMany } from '#records/read-many.ts'
import type { StoredRecord } from '#records/record.ts'
import { listBatches } from './batches/batch.ts'
import { reissue } from './batches/reissue.ts'
import { listWaiting } from './completion/confirming.ts'
import { listIssuers } from './issuers/issuers.ts'
import { batchList } from './pages/batch.ts'
import { issueLearnerRecord } from './learner-records/operations.ts'
import { badgeFile, badgeFormats } from './issuing/badge-file.ts'
import { issueBadge } from './issuing/issue-badge.ts'
import { listIssued, readStatus, setStatus } from './issuing/status.ts'
import {
  againFields,
  issueFields,
  issuePage,
  issuePath,
  learnerRecordFields,
  learnerRecordsPath,
  statusPage,
  type Overview,
} from './pages/issue.ts'

const linesShown = 50
const extensions = { png: 'png', svg: 'svg', json: 'json' } as const

export function mountIssuing(web: Web, pageContext: PageContext): void {
  mountBadges(web, pageContext)
  mountLearnerRecords(web, pageContext)
  mountStatus(web, pageContext)
  mountReissuing(web, pageContext)
}

async function overview(pageContext: PageContext, request: HttpRequest): Promise<Overview> {
  const { askAs, refuse, view: viewFor } = pageContext
  const { isCurator, issuers } = await askAs(request.who, listIssuers, {})
  if (!isCurator && issuers.length === 0) await refuse(request.who, listIssued.name)
  const { batches } = await askAs(request.who, listBatches, { limit: linesShown })
  const issued = isCurator ? (await askAs(request.who, listIssued, { limit: linesShown })).credentials : []
  const view = viewFor(request)
  const achievements = [...batches, ...issued].flatMap(({ achievement }) => achievement || [])
  const titles = await titlesOf(pageContext, request, achievements)
  return {
    issued,
    titles,
    batches: batchList(view, batches, titles),
    waiting: (await askAs(request.who, listWaiting, {})).waiting.length,
    isCurator,
    organisations: issuers.map(({ id, title, originalLanguage }) => ({
      value: id,
      label: textOf(view, title, originalLanguage),
    })),
  }
}

/** Of those that were withdrawn since, there is none. */
async function titlesOf({ askAs, view: viewFor }: PageContext, request: HttpRequest, achievements: readonly string[]) {
  const ids = [...new Set(achievements)].slice(0, mostAtOnce)
  const { records } = await askAs(request.who, readMany, { ids })
  return new Map<string, Content>(
    records.map(({ id, body }: StoredRecord) => [id, textOf(viewFor(request), body.title, body.originalLanguage)]),
  )
}

function mountBadges(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  page(issuePath, async (request) => issuePage(viewFor(request), await overview(pageContext, request)))

  take(issuePath, async (request, form) => {
    const typed = Object.fromEntries(issueFields.map((name) => [name, form.get(name) ?? '']))
    return orWrong(
      async () => {
        const format = chosenIn(form, 'format', badgeFormats)
        if (form.has('canBeSuspended')) chosenIn(form, 'canBeSuspended', ['true'])
        const { format: _, canBeSuspended, ...words } = typed
        const { id, credential } = await askAs(request.who, issueBadge, {
          ...words,
          canBeSuspended: canBeSuspended === 'true',
        })
        const { mediaType, body } = badgeFile(credential, format, `${viewFor(request).site.address}/verify`)
        return fileResponse(body, mediaType, `badge-${id}.${extensions[format]}`)
      },
      async (violations) =>
        issuePage(
          viewFor(request),
          await overview(pageContext, request),
          typed,
          errorsOf(viewFor(request), violations, issueFields),
        ),
    )
  })
}

function mountLearnerRecords(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  page(learnerRecordsPath, async (request) => seeOther(viewFor(request).href(`${issuePath}#learner-record`)))
  take(learnerRecordsPath, async (request, form) => {
    const typed = Object.fromEntries(learnerRecordFields.map((name) => [name, (form.get(name) ?? '').trim()]))
    return orWrong(
      async () => {
        const { language } = request
        const { isCurator, issuers } = await askAs(request.who, listIssuers, {})
        const offered = [...(isCurator ? [''] : []), ...issuers.map(({ id }) => id)]
        const organisation = chosenIn(form, 'organisation', offered)
        const { credential } = await askAs(request.who, issueLearnerRecord, { ...typed, organisation, language })
        const { mediaType, body } = badgeFile(credential, 'json', '')
        return fileResponse(body, mediaType, 'learner-record.json')
      },
      async (violations) =>
        issuePage(
          viewFor(request),
          await overview(pageContext, request),
          typed,
          errorsOf(viewFor(request), violations, learnerRecordFields),
        ),
    )
  })
}

function mountStatus(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

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

function mountReissuing(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  take(`${issuePath}/:id/again`, async (request, form, { id = '' }) => {
    const typed = Object.fromEntries(againFields.map((name) => [name, (form.get(name) ?? '').trim()]))
    return orWrong(
      async () => {
        const { learnerName, ...rest } = typed
        const { id: made } = await askAs(request.who, reissue, {
          id,
          name: learnerName,
          ...rest,
          language: request.language,
        })
        return seeOther(viewFor(request).href(`${issuePath}/${made}`))
      },
      async (violations) =>
        statusPage(
          viewFor(request),
          await askAs(request.who, readStatus, { id }),
          typed,
          errorsOf(
            viewFor(request),
            violations.map((one) => (one.place === 'name' ? { ...one, place: 'learnerName' } : one)),
            againFields,
          ),
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
