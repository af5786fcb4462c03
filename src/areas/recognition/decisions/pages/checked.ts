/** On which pages a rule was read, and what of it was not checked on any. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { BodyOf } from '#records/kind.ts'
import { textOf, type View } from '#ui/view.ts'
import type { recognitionDecision } from '../recognition-decision.ts'

type Rule = BodyOf<typeof recognitionDecision>

/** “Sources, read on 29 November 2026: unesco.org, iesalc-unesco.org. Not checked against a source: the right of appeal.” */
export function checkedPart(view: View, { consulted = [], checkedOn, notChecked, originalLanguage }: Rule): Html {
  const { t, f } = view
  if (consulted.length === 0) return knownMark(view)
  const pages = joined(
    consulted.map((one) => html`<a href="${one}" rel="external"><bdi>${siteOf(one)}</bdi></a>`),
    f.comma,
  )
  return html`<p class="small">
    ${checkedOn ? t('recognised.readOn', { day: f.day(checkedOn) }) : t('recognised.read')} ${pages}
    ${missing(view, notChecked, originalLanguage)}
  </p>`
}

/** For a rule that nobody read on a page for this description. */
export const knownMark = ({ t }: View): Html => html`<p><span class="mark known">${t('recognised.known')}</span></p>`

const missing = (view: View, notChecked: Rule['notChecked'], original: string): Content =>
  notChecked ? html`<br />${view.t('recognised.notChecked')} ${textOf(view, notChecked, original)}` : nothing

const siteOf = (address: string): string => new URL(address).hostname.replace(/^www\./, '')
