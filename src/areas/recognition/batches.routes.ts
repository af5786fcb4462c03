/** Pages on which issuers issue an achievement from a table, see how far it is, and take it back. */
import { readFileSync } from 'node:fs'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { withoutFormulas } from '#codecs/csv/formulas.ts'
import { forSignedIn, toSignIn } from '#accounts/signed-in.ts'
import { noPdfPage } from '#features/matching/pages/summary.ts'
import { read } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import { fileErrors } from '#ui/file-errors.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { file } from './claims.routes.ts'
import { listClaimLinks, readBatch, revokeBatch, startBatch, stopBatch } from './batches/batch.ts'
import { checkTable } from './batches/check-table.ts'
import { columnNames } from './batches/learners-of-table.ts'
import { tableLimits } from './batches/read-table.ts'
import { resumeBatch } from './batches/resume.ts'
import { listIssuers, type IssuingOrganisation } from './issuers/issuers.ts'
import { linksSheetDocument, linksSheetPage, sheetPath, sheetPdfPath, slipsOnSheet } from './pages/links-sheet.ts'
import { awardFields, awardPage, awardPath, batchPage, batchPath } from './pages/batch.ts'

export function mountBatches(web: Web, pageContext: PageContext, mounted: Mounted): void {
  mountAward(web, pageContext)
  mountBatch(web, pageContext, mounted)
  mountLinksSheet(web, pageContext, mounted)
}

/** In whose name somebody may issue this achievement: of those it names, or the site where it names none. */
export function issuersOf(
  { body }: StoredRecord,
  { issuers, isCurator }: { issuers: readonly IssuingOrganisation[]; isCurator: boolean },
): readonly IssuingOrganisation[] {
  const named = body['issuers'] as readonly string[] | undefined
  if (named?.length) return issuers.filter(({ id }) => named.includes(id))
  return isCurator ? [{ id: '', title: {}, originalLanguage: 'en' }] : []
}

function mountAward(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const show = async (request: HttpRequest, id: string, typed = {}, errors: Errors = new Map()) => {
    const achievement = await askAs(request.who, read, { id })
    if (achievement.kind !== 'achievement') throw new Problem('recordNotFound', { id })
    const issuers = issuersOf(achievement, await askAs(request.who, listIssuers, {}))
    return awardPage(viewFor(request), { achievement, issuers, typed, errors })
  }
  page(awardPath(':id'), (request, { id = '' }) => show(request, id))
  page(`${awardPath(':id')}/table.csv`, async (request) => {
    const names = Object.values(columnNames(viewFor(request).t))
    return csvFile(`${names.map(cell).join(',')}\r\n`, 'learners.csv')
  })
  take(
    awardPath(':id'),
    async (request, form, { id = '' }, [sent], problem) => {
      const view = viewFor(request)
      const typed = {
        organisation: form.get('organisation') ?? '',
        period: form.get('period') ?? '',
        language: form.get('language') ?? request.language,
        sendsMail: String(form.get('sendsMail') === 'true'),
        canBeSuspended: String(form.get('canBeSuspended') === 'true'),
      }
      const check = async () => {
        if (problem) throw problem
        if (form.has('language')) chosenIn(form, 'language', languages)
        for (const name of ['sendsMail', 'canBeSuspended']) if (form.has(name)) chosenIn(form, name, ['true'])
        if (!sent) throw violation('file', 'noFile')
        const batch = await askAs(request.who, checkTable, {
          ...typed,
          achievement: id,
          sendsMail: typed.sendsMail === 'true',
          canBeSuspended: typed.canBeSuspended === 'true',
          fileName: sent.name.slice(0, 300),
          path: sent.path,
        })
        return seeOther(view.href(batchPath(batch.id)))
      }
      try {
        return await orWrong(check, (violations) => show(request, id, typed, errorsOf(view, violations, awardFields)))
      } catch (error) {
        return show(request, id, typed, fileErrors(view, error, problem && error === problem ? [problem.code] : []))
      }
    },
    {
      files: { fileBytes: tableLimits.megabytes * 1024 * 1024, files: 1 },
      tellsOfFiles: true,
      // A file cannot be kept until somebody has signed in.
      signedOut: toSignIn,
    },
  )
}

/** The links of a batch on paper. */
function mountLinksSheet(web: Web, pageContext: PageContext, { printer }: Mounted): void {
  const { askAs, view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const style = readFileSync(new URL('../../../assets/style.css', import.meta.url), 'utf8')
  const sheetOf = async (request: HttpRequest, id: string) => {
    const batch = await askAs(request.who, readBatch, { id })
    const after = Number(/^\d{1,7}$/.exec(request.query.get('after') ?? '')?.[0] ?? 0)
    const { links, next } = await askAs(request.who, listClaimLinks, { id, after, limit: slipsOnSheet })
    const achievement = await askAs(request.who, read, { id: batch.achievement })
    return { batch: id, achievement, slips: links.filter(({ link }) => link !== ''), after, next }
  }
  page(sheetPath(':id'), async (request, { id = '' }) => linksSheetPage(viewFor(request), await sheetOf(request, id)))
  page(sheetPdfPath(':id'), async (request, { id = '' }) => {
    const view = viewFor(request)
    const sheet = await sheetOf(request, id)
    if (!printer) return noPdfPage(view, { name: view.t('linksSheet.link'), path: sheetPath(id, sheet.after) })
    return file(await printer(linksSheetDocument(view, sheet, style)), 'application/pdf', 'links.pdf')
  })
}

function mountBatch(web: Web, pageContext: PageContext, { perform, report }: Mounted): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const show = async (request: HttpRequest, id: string, typed?: { reason: string }, errors: Errors = new Map()) => {
    const batch = await askAs(request.who, readBatch, { id })
    const achievement = await askAs(request.who, read, { id: batch.achievement })
    const after = Number(request.query.get('after')) || 0
    const { links, next } = await askAs(request.who, listClaimLinks, { id, after, limit: linesOnPage })
    return batchPage(viewFor(request), { batch, achievement, links, next, ...(typed && { typed }), errors })
  }
  const back = (request: HttpRequest, id: string) => seeOther(viewFor(request).href(batchPath(id)))

  page(batchPath(':id'), (request, { id = '' }) => show(request, id))
  take(batchPath(':id', '/start'), async (request, _form, { id = '' }) => {
    await askAs(request.who, startBatch, { id })
    // It goes on while the page is shown, and the page asks how far it is.
    void resumeBatch(perform, request.who.actor, id).catch((error: unknown) => report(error, 'credential-batches'))
    return back(request, id)
  })
  take(batchPath(':id', '/stop'), async (request, _form, { id = '' }) => {
    await askAs(request.who, stopBatch, { id })
    return back(request, id)
  })
  take(batchPath(':id', '/revoke'), async (request, form, { id = '' }) => {
    const reason = form.get('reason') ?? ''
    return orWrong(
      async () => {
        await askAs(request.who, revokeBatch, { id, reason })
        return back(request, id)
      },
      (violations) => show(request, id, { reason }, errorsOf(viewFor(request), violations, ['reason'])),
    )
  })
  page(batchPath(':id', '/links.csv'), async (request, { id = '' }) => {
    const { t } = viewFor(request)
    const names = columnNames(t)
    const lines = [[t('batch.row'), names.name, names.email, t('batch.link')]]
    for (let after: number | null = 0; after !== null && lines.length <= mostLines;) {
      const { links, next }: { links: readonly Link[]; next: number | null } = await askAs(
        request.who,
        listClaimLinks,
        { id, after },
      )
      for (const { row, name, email, link } of links) if (link) lines.push([String(row), name, email, link])
      after = next
    }
    return csvFile(lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join(''), 'links.csv')
  })
}
type Link = { row: number; name: string; email: string; link: string }

const linesOnPage = 50
/** More are written by the command. */
const mostLines = 20_000

const cell = (text: string): string => `"${withoutFormulas(text).replaceAll('"', '""')}"`
const csvFile = (body: string, name: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  },
  body: `\uFEFF${body}`,
  keep: false,
})
