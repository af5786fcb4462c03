/** What curators recommend for a question: listed, added, changed, and withdrawn. */
import { type Violation, noSuch } from '#kernel/problem.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { may } from '#kernel/permission.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { linksFrom } from '#features/editorial/links-of-forms.ts'
import { linksTyped } from '#features/editorial/record-choices.ts'
import { stepsOf, type Step } from '#records/form/plan.ts'
import { readStep } from '#records/form/read.ts'
import { kindOperations } from '#records/kind-operations.ts'
import { read, withdraw } from '#records/operations.ts'
import { mostAtOnce, readMany } from '#records/read-many.ts'
import { chunks } from '#records/store.ts'
import { linksOf } from '#records/check.ts'
import type { StoredRecord } from '#records/record.ts'
import { bestBet } from '#search/best-bet.ts'
import { noLinks } from '#ui/controls.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { bestBetForm, bestBetsPage, type Filled } from './pages/best-bets.ts'

const atOnce = 100
const { share, list, revise } = kindOperations(bestBet)
/** All that is asked for stands on one page. */
const step: Step = { name: 'best-bet', asked: stepsOf(bestBet).flatMap(({ asked }) => asked) }

export function mountBestBets(web: Web, pageContext: PageContext): void {
  const { askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const expectMay = async ({ who }: HttpRequest) => {
    if (!may(who.actor, 'bestBet.write')) await refuse(who, share.name)
  }

  page('/best-bets', async (request) => {
    await expectMay(request)
    const after = Math.max(0, Math.trunc(Number(request.query.get('after')) || 0))
    const { records, next } = await askAs(request.who, list, { after, limit: atOnce })
    const links = await recommendedIn(request, records)
    return bestBetsPage(viewFor(request), { bets: records, links, next, saved: request.query.get('saved') })
  })

  /** Titles of what is recommended. */
  async function recommendedIn(
    request: HttpRequest,
    bets: readonly StoredRecord[],
  ): Promise<Map<string, StoredRecord>> {
    const ids = [...new Set(bets.flatMap(({ body }) => linksOf(bestBet, body).map(({ toId }) => toId)))]
    const found = await Promise.all(chunks(ids, mostAtOnce).map((some) => askAs(request.who, readMany, { ids: some })))
    return new Map(found.flatMap(({ records }) => records as StoredRecord[]).map((one) => [one.id, one]))
  }

  const betOf = async (request: HttpRequest, id: string): Promise<StoredRecord> => {
    const record = await askAs(request.who, read, { id })
    if (record.kind !== bestBet.name) throw noSuch('recommendation', id)
    return record
  }

  async function show(request: HttpRequest, bet: StoredRecord | undefined, filled: Partial<Filled> = {}) {
    const body = filled.body ?? bet?.body ?? {}
    const chosen = await linksFrom(pageContext, request.who, { kind: bestBet, body }, step)
    const links = { ...chosen, ...(filled.links?.typed && { typed: filled.links.typed }) }
    return bestBetForm(viewFor(request), step.asked, {
      bet,
      body,
      errors: filled.errors ?? none,
      typed: filled.typed ?? new Map(),
      links,
    })
  }
  page('/best-bets/new', async (request) => {
    await expectMay(request)
    const q = (request.query.get('q') ?? '').trim().slice(0, 200)
    return show(request, undefined, q ? { body: { title: { [request.language]: q } } } : {})
  })
  page('/best-bets/:id', async (request, { id = '' }) => {
    await expectMay(request)
    return show(request, await betOf(request, id))
  })

  /** Texts are written in the language of the page; those in other languages stay. */
  async function save(
    request: HttpRequest,
    form: URLSearchParams,
    bet: StoredRecord | undefined,
  ): Promise<HttpResponse> {
    await expectMay(request)
    const before = bet?.body ?? {}
    const { meant, offered } = await linksTyped(pageContext, request.who, step, form)
    const { values, violations } = readStep(step, form, request.language, before, request.language, meant)
    const body = withoutEmpty({
      ...before,
      originalLanguage: bet?.body.originalLanguage ?? request.language,
      ...values,
    })
    const again = (all: readonly Violation[]) => {
      const errors: Errors = errorsOf(
        viewFor(request),
        all,
        step.asked.map(({ name }) => name),
      )
      return show(request, bet, { body, errors, typed: new Map(form), links: { ...noLinks, typed: offered } })
    }
    if (violations.length > 0) return again(violations)
    return orWrong(async () => {
      if (bet) await askAs(request.who, revise, { id: bet.id, revision: revisionIn(form), body })
      else await askAs(request.who, share, body)
      return seeOther(viewFor(request).href('/best-bets?saved=1'))
    }, again)
  }
  take('/best-bets', (request, form) => save(request, form, undefined))
  take('/best-bets/:id', async (request, form, { id = '' }) => save(request, form, await betOf(request, id)))
  take('/best-bets/:id/remove', async (request, form, { id = '' }) => {
    await expectMay(request)
    const reason = viewFor(request).t('bestBets.removed')
    await askAs(request.who, withdraw, { id, revision: revisionIn(form), reason })
    return seeOther(viewFor(request).href('/best-bets?saved=removed'))
  })
}

const none: Errors = new Map()
const revisionIn = (form: URLSearchParams) => Number(form.get('revision')) || 1
const withoutEmpty = (body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined))
