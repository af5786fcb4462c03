/** The form that describes a place. Every field is optional, and the address of the result can be bookmarked. */
import { html, type Html } from '#kernel/html/html.ts'
import { spokenLanguages } from '../countries.ts'
import type { FitInput } from '../match.ts'
import type { Criterion } from '../measure.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { select } from '#ui/select.ts'
import { languageNamed, plainLabel, type View } from '#ui/view.ts'

type Option = { value: string; name: string }

const optionsOf = (view: View, list: string): Option[] =>
  Object.keys(codeList(list)!.terms).map((value) => ({ value, name: plainLabel(view, list, value) }))
const byName = ({ f }: View, options: Option[]) => options.sort((a, b) => f.compare(a.name, b.name))
const told = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

export function placeForm(view: View, request: Partial<FitInput>): Html {
  const { t, href } = view
  const listed = (name: Criterion, list: string, sorted = false) => {
    const options = optionsOf(view, list)
    return select(view, {
      name,
      label: t(`criterion.${name}`),
      options: sorted ? byName(view, options) : options,
      chosen: told(request[name] as string | string[] | undefined),
    })
  }
  return html`<form class="asking place" action="${href('/fit')}">
    <fieldset>
      <legend>${t('fit.where')}</legend>
      ${listed('country', 'countries', true)} ${listed('level', 'levels')} ${listed('setting', 'settings')}
      <p class="go"><button name="fill" value="true" class="second">${t('fit.fill')}</button></p>
      <p class="small">${t('fit.fillHint')}</p>
    </fieldset>
    <fieldset>
      <legend>${t('fit.there')}</legend>
      ${listed('connectivity', 'conditions')} ${listed('electricity', 'electricity')} ${listed('devices', 'device-access')}
      ${listed('incomeGroup', 'income-groups')} ${languageChoice(view, told(request.language))} ${budget(view, request)}
    </fieldset>
    ${outcomes(view, told(request.outcome))}
    <p class="go"><button>${t('fit.show')}</button> <a href="${href('/fit')}">${t('fit.reset')}</a></p>
  </form>`
}

/** Boxes, so that what worked in part can be asked for along with what worked. */
function outcomes(view: View, chosen: readonly string[]): Html {
  return html`<fieldset>
    <legend>${view.t('fit.outcome')}</legend>
    <p class="small" id="h-outcome">${view.t('fit.outcomeHint')}</p>
    ${optionsOf(view, 'outcomes').map(
      ({ value, name }) =>
        html`<p class="box">
          <label><input type="checkbox" name="outcome" value="${value}" aria-describedby="h-outcome"${chosen.includes(value) && html` checked`} /> ${name}</label>
        </p>`,
    )}
  </fieldset>`
}

/** A list in which several can be chosen needs a keyboard; boxes do for the few that are chosen already. */
function languageChoice(view: View, chosen: readonly string[]): Html {
  const { t } = view
  const options = spokenLanguages
    .filter((tag) => !chosen.includes(tag) && view.f.languageName(tag) !== tag)
    .map((value) => ({ value, name: languageNamed(view, value) }))
  return html`${chosen.map(
    (tag) =>
      html`<p class="box">
        <label><input type="checkbox" name="language" value="${tag}" checked /> ${t('fit.reasonMet', { criterion: t('criterion.language'), there: languageNamed(view, tag) })}</label>
      </p>`,
  )}
  ${select(view, { name: 'language', label: t(chosen.length > 0 ? 'fit.languageMore' : 'criterion.language'), options: byName(view, options), chosen: [] })}`
}

function budget({ t }: View, { budget: amount, currency = 'USD' }: Partial<FitInput>): Html {
  return html`<p class="choice">
      <label for="c-budget">${t('criterion.budget')}</label>
      <span class="small" id="h-budget">${t('fit.budgetHint')}</span>
      <input
        id="c-budget"
        name="budget"
        inputmode="decimal"
        pattern="[0-9]*[.]?[0-9]*"
        maxlength="12"
        aria-describedby="h-budget"
        value="${amount === undefined ? '' : String(amount)}"
      />
    </p>
    <p class="choice">
      <label for="c-currency">${t('fit.currency')}</label>
      <span class="small" id="h-currency">${t('fit.currencyHint')}</span>
      <input id="c-currency" name="currency" pattern="[A-Za-z]{3}" maxlength="3" size="5" aria-describedby="h-currency" value="${currency}" />
    </p>`
}
