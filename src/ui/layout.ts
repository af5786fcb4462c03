import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf, languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { areas } from '#records/kind.ts'
import { press } from './forms.ts'
import { leftOutNotice } from './left-out.ts'
import { textOf, type PageFeed, type View } from './view.ts'

export type PageParts = {
  title: string
  main: Content
  /** One sentence for search engines and link previews. */
  description?: string
  status?: number
  /** Further elements of the head: alternates, structured data. */
  head?: Content
  /** The Atom feed of what it lists, where the view names none. */
  feed?: PageFeed
  /** The page itself leads to its feed, beside the list that it is of. */
  feedIsShown?: boolean
  /** Link headers (RFC 8288), for programs. */
  links?: readonly string[]
  /** The search words to show in the head's search field. */
  query?: string
  /** The page has a search field of its own, so the head needs none. */
  ownSearch?: boolean
  /** Bands across the whole width, each of which keeps its text in the middle by itself. */
  isFullWidth?: boolean
  /** Not for search engines. */
  unlisted?: boolean
  keep?: boolean
  /** The page's own path where it is not the address asked for. */
  canonical?: string
  /** When what it shows was last changed, ISO 8601. */
  changedAt?: string | undefined
  /** Open Graph: one work or account of something, rather than a page of the site. */
  isArticle?: boolean
}

export function page(view: View, parts: PageParts): HttpResponse {
  return {
    status: parts.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': view.language,
      'cache-control': 'no-cache',
      ...(parts.links?.length && { link: parts.links.join(', ') }),
    },
    body: document(view, parts).text,
    keep: parts.keep ?? true,
    ...(parts.changedAt && { changedAt: parts.changedAt }),
  }
}

export const feedLink = ({ t }: View, { address }: PageFeed): Html =>
  html`<a class="feed-link" href="${address}" rel="alternate nofollow" type="application/atom+xml">${t('layout.feed')}</a>`

const waysIn = [
  ['practices', '/search?kind=practice'],
  ['approaches', '/approaches'],
  ['lessons', '/lessons'],
  ['fit', '/fit'],
  ['areas', '/areas'],
  ['countries', '/countries'],
  ['share', '/share'],
] as const

const footers = [
  { title: 'browse', links: ['areas', 'countries', 'indicators', 'languages', 'subjects', 'map', 'evidence-map'] },
  {
    title: 'accountability',
    links: ['declaration', 'commitments', 'policies', 'funding', 'calls', 'offers', 'experts'],
  },
  { title: 'about', links: ['about', 'numbers', 'use', 'credits', 'help', 'accessibility', 'privacy'] },
  { title: 'data', links: ['api', 'dump', 'network', 'log', 'verify'] },
] as const

function document(
  view: View,
  {
    title,
    main,
    description,
    head,
    query,
    ownSearch,
    isFullWidth,
    unlisted,
    canonical,
    isArticle,
    feed = view.feed,
    feedIsShown,
  }: PageParts,
): Html {
  const { language, t, site, href, absolute, session } = view
  const path = canonical ?? view.address
  // Who is signed in may be the first to add something.
  const isLinked = (one: string) => session !== undefined || (site.isFilled?.(one) ?? true)
  const direction = directionOf(language)
  // Without a language in its address a page is the one that each reader's language is chosen for: the default itself.
  const here = absolute(view.prefix ? `${view.prefix}${path === '/' ? '' : path}` : path)
  const summary = (description || `${title}. ${t('layout.purpose')}`).slice(0, 300)
  return html`<!doctype html>
    <html lang="${language}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title === site.name ? title : `${title} · ${site.name}`}</title>
        <meta name="description" content="${summary}" />
        ${unlisted && html`<meta name="robots" content="noindex" />`}
        <link rel="stylesheet" href="${site.assets('style.css')}" />
        ${site.look?.style && html`<link rel="stylesheet" href="${site.look.style}" />`}
        <link rel="icon" href="${site.assets('icon.svg')}" type="image/svg+xml" />
 <link rel="search" type="application/opensearchdescription+xml" title="${site.name}" href="${view.prefix}/opensearch.xml" />
        ${view.openSearch && html`<link rel="search" type="application/opensearchdescription+xml" title="${title}" href="${view.openSearch}" />`}
        ${feed && html`<link rel="alternate" type="application/atom+xml" title="${feed.title}" href="${feed.address}" />`}
        <link rel="modulepreload" href="${site.assets('combobox.js')}" />
        <script src="${site.assets('search.js')}" type="module"></script>
        ${
          unlisted
            ? nothing
            : html`<link rel="canonical" href="${here}" />
                ${languages.map((one) => html`<link rel="alternate" hreflang="${one}" href="${absolute(`/${one}${path === '/' ? '' : path}`)}" />`)}
                <link rel="alternate" hreflang="x-default" href="${absolute(path)}" />
                ${preview({ 'og:title': title, 'og:description': summary, 'og:type': isArticle ? 'article' : 'website', 'og:url': here, 'og:site_name': site.name })}`
        }
        ${head}
      </head>
      <body>
        <a class="skip" href="#main">${t('layout.skip')}</a>
        <header class="top">
          <div class="wrap">
            <a class="brand" href="${href('/')}"
              >${logoOf(view)} <span>${site.name}</span></a
            >
            ${!ownSearch && html`<form class="find" role="search" action="${href('/search')}"><label class="hidden" for="q">${t('search.label')}</label><input id="q" name="q" type="search" value="${query ?? ''}" placeholder="${t('search.placeholder')}" maxlength="2000" /><button>${t('search.button')}</button></form>`}
            <nav aria-label="${t('layout.languages')}" class="tongues">
              <ul>
                ${languages.map((one) => html`<li><a href="/${one}${view.address === '/' ? '' : view.address}" lang="${one}" dir="${directionOf(one)}" hreflang="${one}" ${one === language ? html` aria-current="true"` : nothing}>${ownNames[one]}</a></li>`)}
              </ul>
            </nav>
            <nav aria-label="${t('layout.main')}" class="ways">
              <ul>
                ${waysIn.map(([name, path]) => html`<li><a href="${href(path)}" ${view.address === path ? html` aria-current="page"` : nothing}>${t(`nav.${name}`)}</a></li>`)}
                ${session ? html`<li class="own"><ul><li><a href="${href('/desk')}">${t('nav.desk')}${waitingMark(view)}</a></li><li><a href="${href('/account')}"><bdi>${session.name}</bdi></a></li><li>${press(view, '/sign-out', t('signIn.out'))}</li></ul></li>` : html`<li class="own"><a href="${href('/sign-in')}">${t('signIn.title')}</a></li>`}
              </ul>
            </nav>
          </div>
        </header>
        <main id="main" tabindex="-1">
          ${leftOutNotice(view)}
          ${isFullWidth ? main : html`<div class="wrap">${main}</div>`}
          ${feed && !feedIsShown && html`<div class="wrap not-printed"><p class="small">${feedLink(view, feed)}</p></div>`}
        </main>
        <footer class="foot">
          <div class="wrap">
            <div><p>${t('layout.purpose')}</p>${ofOperator(view)}</div>
            ${footers.map(({ title, links }) => html`<nav aria-labelledby="foot-${title}"><h2 id="foot-${title}">${t(`foot.${title}`)}</h2><ul>${links.filter(isLinked).map((one) => html`<li><a href="${href(`/${one}`)}">${t(`nav.${one}`)}</a></li>`)}${title === 'about' && site.look?.hasContact && html`<li><a href="${href('/contact')}">${t('nav.contact')}</a></li>`}</ul></nav>`)}
          </div>
        </footer>
      </body>
    </html> `
}

const logoHeight = 32

/** The operator's logo as high as ours, whatever its size. */
function logoOf({ site }: View): Html {
  const logo = site.look?.logo
  if (!logo) return html`<img src="${site.assets('icon.svg')}" alt="" width="${logoHeight}" height="${logoHeight}" />`
  const width = Math.max(1, Math.round((logo.width / logo.height) * logoHeight))
  return html`<img src="${logo.address}" alt="" width="${width}" height="${logoHeight}" />`
}

/** Who runs the site, and what they want to say on each page. */
function ofOperator(view: View): Content {
  const { look } = view.site
  if (!look?.operator && !look?.footer && !look?.links.length) return nothing
  return html`${look.operator && html`<p>${view.t('site.runBy')} ${textOf(view, look.operator)}</p>`}
    ${look.footer && html`<p>${textOf(view, look.footer)}</p>`}
    ${look.links.length > 0 && html`<ul class="plain">${look.links.map(({ label, address }) => html`<li><a href="${address}">${textOf(view, label)}</a></li>`)}</ul>`}`
}

/** What messengers and social networks show of a page (Open Graph protocol, https://ogp.me). */
const preview = (properties: Readonly<Record<string, string>>): Content =>
  Object.entries(properties).map(([name, content]) => html`<meta property="${name}" content="${content}" />`)

/** How much waits, as a number to see and as a sentence to hear. */
const waitingMark = ({ session, t, f }: View): Content =>
  session?.waiting
    ? html` <span class="count" aria-hidden="true">${f.number(session.waiting)}</span><span class="hidden">${f.colon}${t('nav.deskWaiting', { count: session.waiting })}</span>`
    : nothing

/** Where the reader is, from the front page down. */
export const crumbs = ({ t, href }: View, steps: readonly { name: Content; path: string }[]): Html =>
  html`<nav class="crumbs" aria-label="${t('layout.crumbs')}">
    <ol>
      <li><a href="${href('/')}">${t('nav.home')}</a></li>
      ${steps.map(({ name, path }) => html`<li><a href="${href(path)}">${name}</a></li>`)}
    </ol>
  </nav>`

export const areaNames = areas.filter((area) => area !== 'clearing-house')
