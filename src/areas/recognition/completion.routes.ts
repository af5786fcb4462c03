/** Addresses by which learners ask for what is issued on completion, and issuers offer, confirm and refuse it. */
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { read } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { issuersOf } from './batches.routes.ts'
import {
  claimCompletion,
  completionsPath,
  listMyCompletions,
  markSteps,
  readProgress,
  takeBackCompletion,
} from './completion/claiming.ts'
import { decideCompletion, listWaiting } from './completion/confirming.ts'
import { listOffers, readOffer, setOffer, settings } from './completion/offers.ts'
import { listIssuers } from './issuers/issuers.ts'
import {
  completionPage,
  completionPath,
  decisionPath,
  settingFields,
  settingPage,
  settingPath,
  waitingPage,
} from './pages/completion.ts'

export function mountCompletion(web: Web, pageContext: PageContext): void {
  mountLearners(web, pageContext)
  mountSetting(web, pageContext)
  mountWaiting(web, pageContext)
}

type Refused = { achievement?: string; typed: Record<string, string>; errors: Errors }

function mountLearners(web: Web, pageContext: PageContext): void {
  const { ask, askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const show = async (request: HttpRequest, id: string, refused?: Refused) => {
    const { steps, isCompleted } = await askAs(request.who, readProgress, { id })
    return completionPage(viewFor(request), {
      record: await askAs(request.who, read, { id }),
      steps,
      isCompleted,
      offers: (await ask(listOffers, { id })).achievements,
      claims: (await askAs(request.who, listMyCompletions, {})).claims.filter(({ record }) => record === id),
      ...(refused && { refused }),
    })
  }
  const back = (request: HttpRequest, id: string) => seeOther(viewFor(request).href(completionPath(id)))

  page(completionPath(':id'), (request, { id = '' }) => show(request, id))
  for (const part of ['/claim', '/take-back'])
    page(completionPath(':id', part), async (request, { id = '' }) => back(request, id))
  take(completionPath(':id'), async (request, form, { id = '' }) =>
    orWrong(
      async () => {
        await askAs(request.who, markSteps, { id, steps: [...new Set(form.getAll('steps'))] })
        return back(request, id)
      },
      (violations) => show(request, id, { typed: {}, errors: errorsOf(viewFor(request), violations, ['steps']) }),
    ),
  )
  take(completionPath(':id', '/claim'), async (request, form, { id = '' }) => {
    const achievement = form.get('achievement') ?? ''
    const typed = { name: (form.get('name') ?? '').trim(), note: (form.get('note') ?? '').trim() }
    return orWrong(
      async () => {
        await askAs(request.who, claimCompletion, { ...typed, achievement, record: id, language: request.language })
        return back(request, id)
      },
      (violations) => {
        const isOfClaim = violations.every(({ place }) => place === 'name' || place === 'note')
        const errors = errorsOf(viewFor(request), violations, isOfClaim ? ['note', 'name'] : ['steps'])
        return show(request, id, { ...(isOfClaim && { achievement }), typed, errors })
      },
    )
  })
  take(completionPath(':id', '/take-back'), async (request, form, { id = '' }) => {
    await askAs(request.who, takeBackCompletion, { id: form.get('claim') ?? '' })
    return back(request, id)
  })
}

function mountSetting(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const show = async (
    request: HttpRequest,
    id: string,
    typed?: { basis: string; organisation: string },
    errors?: Errors,
  ) => {
    const achievement = await askAs(request.who, read, { id })
    if (achievement.kind !== 'achievement') throw new Problem('recordNotFound', { id })
    const closes: StoredRecord[] = []
    for (const one of (achievement.body['closes'] as readonly string[] | undefined) ?? [])
      closes.push(await askAs(request.who, read, { id: one }))
    return settingPage(viewFor(request), {
      achievement,
      closes,
      issuers: issuersOf(achievement, await askAs(request.who, listIssuers, {})),
      ...(typed ?? (await askAs(request.who, readOffer, { achievement: id }))),
      ...(errors && { errors }),
    })
  }
  page(settingPath(':id'), (request, { id = '' }) => show(request, id))
  take(settingPath(':id'), async (request, form, { id = '' }) => {
    const typed = { basis: form.get('basis') ?? '', organisation: form.get('organisation') ?? '' }
    return orWrong(
      async () => {
        const basis = chosenIn(form, 'basis', settings)
        await askAs(request.who, setOffer, { achievement: id, organisation: typed.organisation, basis })
        return seeOther(viewFor(request).href(settingPath(id)))
      },
      (violations) => show(request, id, typed, errorsOf(viewFor(request), violations, settingFields)),
    )
  })
}

function mountWaiting(web: Web, pageContext: PageContext): void {
  const { askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const waitingFor = async (request: HttpRequest) => {
    const { isCurator, issuers } = await askAs(request.who, listIssuers, {})
    if (!isCurator && issuers.length === 0) await refuse(request.who, listWaiting.name)
    return (await askAs(request.who, listWaiting, {})).waiting
  }
  const back = (request: HttpRequest) => seeOther(viewFor(request).href(completionsPath))

  page(completionsPath, async (request) => waitingPage(viewFor(request), await waitingFor(request)))
  for (const decision of ['confirm', 'refuse'] as const)
    page(decisionPath(':id', decision), async (request) => back(request))
  take(decisionPath(':id', 'confirm'), async (request, _form, { id = '' }) => {
    await askAs(request.who, decideCompletion, { id, decision: 'confirm' })
    return back(request)
  })
  take(decisionPath(':id', 'refuse'), async (request, form, { id = '' }) => {
    const reason = (form.get('reason') ?? '').trim()
    return orWrong(
      async () => {
        await askAs(request.who, decideCompletion, { id, decision: 'refuse', reason })
        return back(request)
      },
      async (violations) =>
        waitingPage(viewFor(request), await waitingFor(request), {
          claim: id,
          reason,
          errors: errorsOf(viewFor(request), violations, ['reason']),
        }),
    )
  })
}
