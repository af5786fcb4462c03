/** What public panels say of an approach, in their own figures: each by itself, as none gives them all. */
import { html, joined, type Content, type Html } from '#kernel/html/html.ts'
import { label, textOf, type View } from '#ui/view.ts'
import type { PanelSays } from './approach-figures.ts'

export const panels = (view: View, all: readonly PanelSays[]): Content =>
  all.length > 0 && html`<ul class="panels">${all.map((one) => html`<li>${panel(view, one)}</li>`)}</ul>`

function panel(view: View, { panel: of, panelTopic, year, url, note, basis, whatWasRead, ...says }: PanelSays): Html {
  const { t, f } = view
  const topic = html`<bdi lang="en" dir="ltr">${panelTopic}</bdi>`
  const figures = (['panelCost', 'panelStrength', 'panelMonths'] as const).flatMap((name) => {
    const value = says[name]
    return value === undefined ? [] : [html`<div><dt>${t(`field.${name}`)}</dt><dd>${f.decimal(value)}</dd></div>`]
  })
  const isClassed = says.panelClass !== undefined
  return html`<h3>${label(view, 'panels', of)} <span class="small"><bdi>${String(year)}</bdi></span></h3>
    <p>${url ? html`<a href="${url}" rel="external">${topic}</a>` : topic} ${isClassed && html`<span class="panel ${says.panelClass}">${label(view, 'panel-classes', says.panelClass!)}</span>`}</p>
    ${figures.length > 0 && html`<dl class="fact-row">${figures}</dl>`} ${note && html`<p>${textOf(view, note, 'en')}</p>`}
    ${read(view, basis, whatWasRead)}`
}

/** A note to the reader on the grounds of the entry, not a word of the panel. */
function read(view: View, basis: string | undefined, whatWasRead: PanelSays['whatWasRead']): Content {
  const told = [
    basis === undefined ? undefined : label(view, 'reference-bases', basis),
    whatWasRead && textOf(view, whatWasRead, 'en'),
  ].filter((one) => one !== undefined)
  return (
    told.length > 0 && html`<p class="small">${view.t('panel.howFarRead')}${view.f.colon}${joined(told, ' · ')}</p>`
  )
}
