/** A lesson without a name: no account is asked for, and none is looked at. */
import { isLanguage } from '#kernel/i18n/languages.ts'
import { Problem, type Violation } from '#kernel/problem.ts'
import { refuseOtherSites } from '#kernel/http/forms.ts'
import type { Web } from '#kernel/http/server.ts'
import { anonymousStep, tellAnonymously } from './drafts/anonymous.ts'
import { readStep } from '#records/form/read.ts'
import { anonymousPage, anonymousPath, anonymousThanks } from './pages/anonymous.ts'
import { errorsOf } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'

const fields = [...anonymousStep.asked.map(({ name }) => name), 'language']

export function mountAnonymous(web: Web, { ask, view: viewFor }: PageContext) {
  web.route('GET', anonymousPath, (request) =>
    anonymousPage(viewFor(request), { language: request.language, values: {}, typed: new Map(), errors: new Map() }),
  )
  web.route('GET', `${anonymousPath}/thanks`, (request) => anonymousThanks(viewFor(request)))

  web.route('POST', anonymousPath, async (request, _parameters, form) => {
    refuseOtherSites(request.headers, request.base)
    if (!(form instanceof URLSearchParams)) throw new Problem('unsupportedMediaType')
    const view = viewFor(request)
    const chosen = form.get('language') ?? ''
    const language = isLanguage(chosen) ? chosen : request.language
    const { values, unread, violations: misread } = readStep(anonymousStep, form, language, {}, request.language)
    const violations: Violation[] = [
      ...misread,
      ...(isLanguage(chosen) || !chosen ? [] : [{ place: 'language', rule: 'notOffered', values: {} }]),
    ]
    const told = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
    const typed = new Map(Object.values(unread).flatMap((one) => JSON.parse(one) as [string, string][]))
    const wrong = (found: readonly Violation[]) =>
      anonymousPage(view, { language, values: told, typed, errors: errorsOf(view, [...violations, ...found], fields) })
    if (violations.length > 0) return wrong([])
    return orWrong(async () => {
      await ask(tellAnonymously, { language, values: told, remote: request.remote })
      return seeOther(view.href(`${anonymousPath}/thanks`))
    }, wrong)
  })
}
