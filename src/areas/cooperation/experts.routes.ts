/** The pages of the network of expertise. */
import { codesTaken } from '#ui/code-choices.ts'
import { taking } from '#kernel/http/asked-names.ts'
import type { Violation } from '#kernel/problem.ts'
import { may } from '#kernel/permission.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn, isSignedIn } from '#accounts/signed-in.ts'
import { readStep } from '#records/form/read.ts'
import { afterIn, codesIn } from '#ui/code-choices.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { expertStep } from './expert-profile.ts'
import { answerExpertMessage, expertResult, listExpertMessages, writeToExpert } from './expert-messages.ts'
import { hideExpert, listExperts, ownExpert, readExpert, removeExpert, saveExpert } from './experts.ts'
import {
  expertFilters,
  expertMessagesPage,
  expertPage,
  expertsPage,
  ownExpertPage,
  type ExpertChoice,
} from './pages/experts.ts'

const mostAsked = 100
const tag = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/

export function mountExperts(web: Web, pageContext: PageContext): void {
  mountNetwork(web, pageContext)
  mountOwn(web, pageContext)
  mountExpert(web, pageContext)
  mountMessages(web, pageContext)
}

function mountNetwork(web: Web, { ask, view }: PageContext) {
  web.route(
    'GET',
    '/experts',
    async (request) => {
      const { query } = request
      const language = tag.exec(query.get('language') ?? '')?.[0]
      const chosen: ExpertChoice = { ...codesIn(query, expertFilters), ...(language && { language }) }
      const after = afterIn(query)
      const found = await ask(listExperts, { ...chosen, after })
      const all = (await ask(listExperts, { limit: mostAsked })).experts
      const spoken = [
        ...new Set([...all.flatMap(({ profile }) => profile.workingLanguages), ...(language ? [language] : [])]),
      ]
      return { ...expertsPage(view(request), { ...found, chosen, spoken }), keep: false }
    },
    { takes: { ...codesTaken(expertFilters), ...taking('after'), language: (value) => tag.test(value) } },
  )
}

function mountOwn(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  type Again = { profile: Record<string, unknown>; errors: Errors; unread: ReadonlyMap<string, string> }
  async function show(request: HttpRequest, again?: Again): Promise<HttpResponse> {
    const own = await askAs(request.who, ownExpert, {})
    return ownExpertPage(viewFor(request), {
      isShown: own.id !== null,
      isHidden: own.isHidden,
      saved: request.query.get('saved') === '1',
      ...(again ?? {
        profile: own.profile ?? { workingLanguages: [request.language] },
        errors: new Map(),
        unread: new Map(),
      }),
    })
  }
  page('/experts/mine', async (request) => show(request))
  take('/experts/mine', async (request, sent) => {
    const { values, unread, violations } = readStep(expertStep, sent, request.language, {})
    const profile = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
    const again = (all: readonly Violation[]) =>
      show(request, {
        profile,
        errors: errorsOf(
          viewFor(request),
          all,
          expertStep.asked.map(({ name }) => name),
        ),
        unread: new Map(Object.values(unread).flatMap((one) => JSON.parse(one) as [string, string][])),
      })
    if (violations.length > 0) return again(violations)
    return orWrong(async () => {
      await askAs(request.who, saveExpert, profile)
      return seeOther(viewFor(request).href('/experts/mine?saved=1'))
    }, again)
  })
  take('/experts/mine/remove', async (request) => {
    await askAs(request.who, removeExpert, {})
    return seeOther(viewFor(request).href('/experts'))
  })
}

function mountExpert(web: Web, pageContext: PageContext) {
  const { ask, askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  async function show(request: HttpRequest, id: string, typed = '', errors: Errors = new Map()): Promise<HttpResponse> {
    const expert = await ask(readExpert, { id })
    const own = isSignedIn(request) ? await askAs(request.who, ownExpert, {}) : undefined
    return expertPage(viewFor(request), {
      expert,
      isOwn: own?.id === expert.id,
      isCurator: may(request.who.actor, 'record.publish'),
      sent: request.query.get('sent') === '1',
      typed,
      errors,
    })
  }
  web.route('GET', '/experts/:id', async (request, { id = '' }) => show(request, id), { takes: taking('sent') })
  take('/experts/:id/messages', async (request, sent, { id = '' }) => {
    const text = sent.get('text') ?? ''
    return orWrong(
      async () => {
        await askAs(request.who, writeToExpert, { id, text })
        return seeOther(viewFor(request).href(`/experts/${id}?sent=1`))
      },
      (violations) => show(request, id, text, errorsOf(viewFor(request), violations, ['text'])),
    )
  })
  take('/experts/:id/hidden', async (request, sent, { id = '' }) => {
    await askAs(request.who, hideExpert, { id, hidden: sent.get('hidden') !== 'false' })
    return seeOther(viewFor(request).href('/experts'))
  })
}

function mountMessages(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  type Refused = Parameters<typeof expertMessagesPage>[1]['refused']
  const show = async (request: HttpRequest, refused?: Refused) =>
    expertMessagesPage(viewFor(request), { ...(await askAs(request.who, listExpertMessages, {})), refused })
  page('/experts/messages', async (request) => show(request))
  take('/experts/messages/:id/answer', async (request, sent, { id = '' }) => {
    const text = sent.get('text') ?? ''
    return orWrong(
      async () => {
        await askAs(request.who, answerExpertMessage, { id, text })
        return seeOther(viewFor(request).href(`/experts/messages#m-${id}`))
      },
      (violations) => show(request, { id, typed: text, errors: errorsOf(viewFor(request), violations, ['text']) }),
    )
  })
  take('/experts/messages/:id/result', async (request, sent, { id = '' }) => {
    const result = sent.get('result') ?? ''
    await askAs(request.who, expertResult, { id, result })
    return seeOther(viewFor(request).href(`/experts/messages#m-${id}`))
  })
}
