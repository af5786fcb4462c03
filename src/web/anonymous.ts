/** A lesson without a name: no account is asked for, and none is looked at. */
import { isLanguage } from '#core/languages/languages.ts'
import { Problem, type Misfit } from '#core/problem.ts'
import { refuseOtherSites } from '#core/web/forms.ts'
import type { Web } from '#core/web/server.ts'
import { anonymousStep, tellAnonymously } from '#house/drafts/anonymous.ts'
import { readStep } from '#house/forms/read.ts'
import { anonymousPage, anonymousPath, anonymousThanks } from '#house/pages/anonymous.ts'
import { errorsOf } from '#house/pages/forms.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'

const fields = anonymousStep.asked.map(({ name }) => name)

export function mountAnonymous(web: Web, { ask, view: viewFor }: Asking) {
  web.route('GET', anonymousPath, (asked) =>
    anonymousPage(viewFor(asked), { language: asked.language, values: {}, typed: new Map(), errors: new Map() }),
  )
  web.route('GET', `${anonymousPath}/thanks`, (asked) => anonymousThanks(viewFor(asked)))

  web.route('POST', anonymousPath, async (asked, _parameters, form) => {
    refuseOtherSites(asked.headers, asked.base)
    if (!(form instanceof URLSearchParams)) throw new Problem('unsupportedMediaType')
    const view = viewFor(asked)
    const chosen = form.get('language') ?? ''
    const language = isLanguage(chosen) ? chosen : asked.language
    const { values, unread, misfits } = readStep(anonymousStep, form, language, {})
    const told = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
    const typed = new Map(Object.values(unread).flatMap((one) => JSON.parse(one) as [string, string][]))
    const wrong = (found: readonly Misfit[]) =>
      anonymousPage(view, { language, values: told, typed, errors: errorsOf(view, [...misfits, ...found], fields) })
    if (misfits.length > 0) return wrong([])
    return orWrong(async () => {
      await ask(tellAnonymously, { language, values: told, remote: asked.remote })
      return seeOther(view.href(`${anonymousPath}/thanks`))
    }, wrong)
  })
}
