/** The way to tell of one's own practice, and to tell a lesson without a name beside it. */
import { html, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'

/** `known`: what the page that it stands on tells already, such as `{ country: 'KE' }`. */
export const shareWays = ({ t, href }: View, known: Readonly<Record<string, string>> = {}): Html => {
  const query = new URLSearchParams(known).toString()
  return html`<section class="share-ways not-printed" aria-labelledby="share-ways">
    <h2 id="share-ways">${t('shareWays.title')}</h2>
    <p>${t('shareWays.lead')}</p>
    <p class="go"><a class="button" href="${href(`/share${query && `?${query}`}`)}" rel="nofollow">${t('nav.share')}</a> <a href="${href('/lessons/anonymous')}">${t('anonymous.title')}</a></p>
  </section>`
}
