import { html, nothing, type Content } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { termOf, uriOf } from '#records/vocabularies/index.ts'
import { isLicensed, licencesOf } from './permissions.ts'
import { label, type View } from './view.ts'

/** A licence in plain words: what it permits, asks and forbids. Where none is stated, that is said. */
export function licenceBox(view: View, body: StoredRecord['body']): Content {
  const stated = licencesOf(body)
  const asked = isLicensed(body) || 'languages' in body
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
