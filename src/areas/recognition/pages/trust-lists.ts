/** Whom this site recognises: its own trust lists, those of nodes that it follows, and those that others sign. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { recordPath } from '#ui/cards.ts'
import { demonstrationMark } from '#ui/demonstration.ts'
import { errorSummary, field, form, input, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'
import { validityBadge } from '../decisions/pages/validity-badge.ts'
import type { ListLine, Overview } from '../trust/overview.ts'
import { signedListPath } from '../trust/publish-list.ts'

export const trustListsPath = '/recognition/trust-lists'
export const trustListFields = ['address', 'file', 'issuer'] as const
type Asking = { mayAdd: boolean; typed?: { address?: string; issuer?: string }; errors?: Errors }

export function trustListsPage(
  view: View,
  { lists, outside, unreached }: Overview,
  { mayAdd, typed = {}, errors = new Map() }: Asking,
): HttpResponse {
  const { t } = view
  const title = t('trustLists.title')
  const own = lists.filter(({ copied }) => !copied)
  const copied = lists.filter((one) => one.copied)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    description: t('trustLists.lead'),
    keep: !mayAdd,
    main: html`<h1>${title}</h1>
      <p class="lead">${t('trustLists.lead')}</p>
      ${errorSummary(view, errors, (name) => labels(view)[name] ?? name)}
      ${unreached.length > 0 && html`<p class="warning">${t('trustLists.unreached', { nodes: unreached.map((name) => siteName(view, name)).join(view.f.comma) })}</p>`}
      ${part(
        'own',
        t('trustLists.own'),
        t('trustLists.noneOwn'),
        own.map((one) => recordItem(view, one)),
      )}
      ${mayAdd && html`<p class="go"><a class="button" href="${view.href('/share?kind=trust-list')}">${t('trustLists.describe')}</a></p>`}
      ${part(
        'followed',
        t('trustLists.followed'),
        t('trustLists.noneFollowed'),
        copied.map((one) => recordItem(view, one)),
      )}
      ${part(
        'outside',
        t('trustLists.outside'),
        t('trustLists.noneOutside'),
        outside.map((one) => outsideItem(view, one, mayAdd)),
      )}
      ${mayAdd && adding(view, typed, errors)}
      <p class="small">${t('trustLists.rule')}</p>`,
  })
}

/** As its operators wrote it, in the reader’s language where they did. */
const siteName = ({ language }: View, name: Readonly<Record<string, string>>): string =>
  name[language] ?? Object.values(name)[0] ?? ''

const part = (id: string, title: string, none: string, items: readonly Html[]): Html =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${items.length > 0 ? html`<ul class="findings phase">${items}</ul>` : html`<p>${none}</p>`}
  </section>`

const facts = (all: readonly Content[]): Html =>
  html`<p class="facts">${all.filter(Boolean).map((one) => html`<span>${one}</span> `)}</p>`

const keyOf = ({ t }: View, fingerprint: string): Html =>
  html`${t('trustLists.key')} <code class="long" dir="ltr">${fingerprint}</code>`

function recordItem(view: View, line: ListLine): Html {
  const { id, titles, originalLanguage, vouchedFor, validity, copied, isDemonstration } = line
  const { t, f, href } = view
  return html`<li>
    <p>${isDemonstration ? demonstrationMark(view) : validityBadge(view, validity)}</p>
    <div>
      <a href="${href(recordPath(id))}">${textOf(view, titles, originalLanguage)}</a>
      ${facts([
        t('trustLists.vouchedFor', { count: vouchedFor }),
        copied && t('trustLists.ofNode', { node: siteName(view, copied.name) }),
        copied && t('trustLists.readOn', { day: f.day(copied.readAt.slice(0, 10)) }),
        copied && keyOf(view, copied.fingerprint),
        copied && !copied.isFollowed && t('trustLists.notFollowed'),
        !copied && !isDemonstration && html`<a href="${signedListPath(id)}">${t('trustLists.signed')}</a>`,
      ])}
    </div>
  </li>`
}

function outsideItem(view: View, line: Overview['outside'][number], mayRemove: boolean): Html {
  const { t, f } = view
  const { id, titles, originalLanguage, vouchedFor, validity, issuer, fingerprint, readAt, address, failed } = line
  return html`<li>
    <p>${validityBadge(view, validity)}</p>
    <div>
      ${address ? html`<a href="${address}" rel="noreferrer">${textOf(view, titles, originalLanguage)}</a>` : textOf(view, titles, originalLanguage)}
      ${facts([
        t('trustLists.vouchedFor', { count: vouchedFor }),
        html`${t('trustLists.signedBy')} <code class="long" dir="ltr">${issuer}</code>`,
        t('trustLists.readOn', { day: f.day(readAt.slice(0, 10)) }),
        !issuer.endsWith(fingerprint) && keyOf(view, fingerprint),
        !address && t('trustLists.fromFile'),
      ])}
      ${failed && html`<p class="warning">${failureWords(view, failed)}</p>`}
      ${mayRemove && form(view, `${trustListsPath}/${id}/remove`, html`<button class="quiet">${t('trustLists.remove')}<span class="hidden"> ${textOf(view, titles, originalLanguage)}</span></button>`)}
    </div>
  </li>`
}

const failureWords = ({ t }: View, failed: string): string =>
  ({
    unreachable: t('trustLists.failed.unreachable'),
    noTrustList: t('trustLists.failed.noTrustList'),
    notVerified: t('trustLists.failed.notVerified'),
    otherIssuer: t('trustLists.failed.otherIssuer'),
    older: t('trustLists.failed.older'),
  })[failed] ?? t('trustLists.failed.unreachable')

const labels = ({ t }: View): Record<string, string> => ({
  address: t('trustLists.address'),
  file: t('trustLists.file'),
  issuer: t('trustLists.issuer'),
})

function adding(
  view: View,
  { address = '', issuer = '' }: { address?: string; issuer?: string },
  errors: Errors,
): Html {
  const { t } = view
  const parts = (name: string) => ({ name, label: labels(view)[name]!, errors, isRequired: false })
  return html`<section aria-labelledby="add">
    <h2 id="add">${t('trustLists.add')}</h2>
    ${form(
      view,
      trustListsPath,
      html`${input(view, { ...parts('address'), value: address, type: 'url', direction: 'ltr', hint: t('trustLists.addressHint') })}
        ${field(view, { ...parts('file'), hint: t('trustLists.fileHint') }, (marks) => html`<input${marks} type="file" accept=".json,.jsonld" />`)}
        ${input(view, { ...parts('issuer'), value: issuer, direction: 'ltr', hint: t('trustLists.issuerHint') })}
        <p class="go"><button>${t('trustLists.go')}</button></p>`,
      { takesFiles: true },
    )}
  </section>`
}
