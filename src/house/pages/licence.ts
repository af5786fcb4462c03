import { html, nothing, type Content } from '#core/html/html.ts'
import type { Kept } from '../record/record.ts'
import { termOf, uriOf } from '../vocabularies/index.ts'
import { label, type View } from './view.ts'

/** A licence in plain words: what it permits, asks and forbids. Where none is stated, that is said. */
export function licenceBox(view: View, body: Kept['body']): Content {
  const stated = [body.licence, ...((body.licences as string[] | undefined) ?? [])].filter(
    (one): one is string => typeof one === 'string',
  )
  const asked = 'licence' in body || 'licences' in body || 'licenceAtSource' in body || 'languages' in body
  if (!asked) return nothing
  const { t } = view
  return html`<section class="licence" aria-labelledby="licence">
    <h2 id="licence">${t('licence.title')}</h2>
    ${stated.length ? stated.slice(0, 5).map((code) => inPlainWords(view, code)) : html`<p>${t('licence.none')}</p>`}
  </section>`
}

function inPlainWords(view: View, code: string): Content {
  const { t } = view
  const term = termOf('licences', code)
  const list = (name: '$permits' | '$requires' | '$prohibits', words: 'permits' | 'requires' | 'prohibits') => {
    const terms = (term?.[name] as string[] | undefined) ?? []
    return (
      terms.length > 0 &&
      html`<dt class="${words}">${t(`licence.${words}`)}</dt>
        <dd>
          <ul>
            ${terms.map((one) => html`<li>${label(view, 'licence-terms', one)}</li>`)}
          </ul>
        </dd>`
    )
  }
  return html`<p><a href="${uriOf('licences', code)}" rel="license external">${label(view, 'licences', code)}</a></p>
    <dl>${list('$permits', 'permits')}${list('$requires', 'requires')}${list('$prohibits', 'prohibits')}</dl>`
}
