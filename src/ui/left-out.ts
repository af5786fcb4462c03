/** What a page did not know of its address: said at its top, so that nobody takes everything for what was asked for. */
import type { LeftOut } from '#kernel/http/asked-names.ts'
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { isLanguage, languages, ownNames } from '#kernel/i18n/languages.ts'
import type { View } from './view.ts'

export function leftOutNotice(view: View): Content {
  const { t, f, leftOut, address } = view
  const language = unknownLanguageIn(address)
  if (leftOut.length === 0 && language === undefined) return nothing
  const spoken = languages.map((one) => ownNames[one]).join(f.comma)
  return html`<div class="wrap left-out">
    ${leftOut.length > 0 && html`<div class="notice" role="status"><p>${t('leftOut.title')}</p><ul>${leftOut.map((one) => html`<li>${line(view, one)}</li>`)}</ul></div>`}
    ${language !== undefined && html`<p class="notice" role="status">${t('layout.unknownLanguage', { language, languages: spoken })}</p>`}
  </div>`
}

const longestTag = 35

/** What the address asks for as `lang`, where the site does not speak it. */
function unknownLanguageIn(address: string): string | undefined {
  if (!address.includes('lang=')) return undefined
  const said = new URLSearchParams(address.slice(address.indexOf('?'))).get('lang')
  return said && !isLanguage(said) ? said.slice(0, longestTag) : undefined
}

function line(view: View, one: LeftOut): Content {
  const { t } = view
  const { name, value, meant } = one
  const said = value === undefined ? html`<bdi>${name}</bdi>` : html`<bdi>${name}=${value}</bdi>`
  if (meant === undefined) return said
  return html`${said} · <a href="${view.href(mended(view.address, one))}" rel="nofollow">${t('leftOut.meant', { meant: value === undefined ? meant : `${name}=${meant}` })}</a>`
}

/** The same address with what was meant in place of what was typed. */
function mended(address: string, { name, value, meant = '' }: LeftOut): string {
  const [path = '', ...rest] = address.split('?')
  const pairs = [...new URLSearchParams(rest.join('?'))].map(([key, said]): [string, string] =>
    key !== name ? [key, said] : value === undefined ? [meant, said] : [key, said === value ? meant : said],
  )
  return `${path}?${new URLSearchParams(pairs)}`
}
