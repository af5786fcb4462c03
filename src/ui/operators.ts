/** How a reader reaches the people who run this site, wherever a page says to tell or ask them. */
import { html, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'

/** A link to their address; where they gave none, what else to do. */
export const reachOperators = ({ t, href, site }: View): Html =>
  site.look?.hasContact
    ? html`<p><a href="${href('/contact')}">${t('operators.contact')}</a></p>`
    : html`<p>${t('operators.unknown')}</p>`
