/** What operators see of people: who has an account, one account, what happened. And the table of roles, for all. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { hasMessage, wordsOr } from '#kernel/i18n/messages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { personOf, type AuditLine } from '../audit.ts'
import type { AccountLine } from '../manage-accounts.ts'
import { everyone, ofCollectionCurators, permissions, roles, type Permission } from '#kernel/permission.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { choices, errorSummary, form, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { passwordField } from './password-field.ts'
import { languageNamed, plainLabel, type View } from '#ui/view.ts'

const none: Errors = new Map()
const accountPath = (id: string) => `/people/${id}`

const rolesOf = ({ t, f }: View, own: readonly string[]) => f.list(own.map((role) => t(`role.${role}`)))

export type PeopleList = { accounts: readonly AccountLine[]; next: number | null }

export function peoplePage(view: View, { accounts, next }: PeopleList, q: string, told?: MessageKey): HttpResponse {
  const { t, f, href } = view
  const row = (one: AccountLine) => [
    html`<a href="${href(accountPath(one.id))}"><bdi>${one.name || t('people.noName')}</bdi></a>`,
    html`<bdi class="long">${one.email}</bdi>`,
    html`${rolesOf(view, one.roles)}${one.country && html`${view.f.bracketed(plainLabel(view, 'countries', one.country))}`}`,
    html`${wordsOr(t, `people.state.${one.state}`, one.state)}`,
    html`${f.time(one.createdAt)}`,
  ]
  const heads = (['people.name', 'signIn.email', 'people.roles', 'people.state', 'people.since'] as const).map(
    (key) => ({
      name: t(key),
    }),
  )
  return page(view, {
    title: t('people.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${t('people.title')}</h1>
      ${told && html`<p class="note" role="status">${t(told)}</p>`}
      <p class="lead">${t('people.lead')}</p>
      <form action="${href('/people')}" class="form narrow">
        <div class="field">
          <label for="people-q">${t('people.find')}</label>
          <input id="people-q" name="q" type="search" value="${q}" maxlength="200" dir="auto" />
        </div>
        <button>${t('people.findButton')}</button>
      </form>
      ${accounts.length === 0 ? html`<p class="soft">${t('people.none')}</p>` : rowsTable({ of: { label: t('people.title') }, heads, rows: accounts.map(row) })}
      ${next !== null && html`<p><a href="${href(`/people?${new URLSearchParams({ ...(q && { q }), after: String(next) })}`)}" rel="next">${t('search.next')}</a></p>`}`,
  })
}

/** `errors`: of the form, where it was not taken; then with the values that were sent. */
export function personPage(
  view: View,
  account: AccountLine,
  events: readonly AuditLine[],
  { errors = none, told, isSelf = false }: { errors?: Errors; told?: MessageKey | undefined; isSelf?: boolean } = {},
): HttpResponse {
  const { t, f, href } = view
  const title = account.name || t('people.noName')
  const labels: Record<string, string> = {
    roles: t('people.roles'),
    country: t('people.country'),
    state: t('people.state'),
    vouchPassword: t('account.field.password'),
    managePassword: t('account.field.password'),
  }
  const given = roles.filter((role) => role !== 'contributor')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('nav.desk'), path: '/desk' },
      { name: t('people.title'), path: '/people' },
    ])}
      <h1><bdi>${title}</bdi></h1>
      ${told && html`<p class="note" role="status">${t(told)}</p>`}
      ${errorSummary(view, errors, (name) => labels[name] ?? name)}
      <p><bdi class="long">${account.email}</bdi></p>
      <p>${t('people.since')}${view.f.colon}${f.time(account.createdAt)}</p>
      <div class="narrow">
        ${form(
          view,
          accountPath(account.id),
          html`${choices(view, { name: 'roles', label: labels.roles, hint: html`${t('people.rolesHint')} <a href="${href('/roles')}">${t('roles.title')}</a>`, errors, isRequired: false, values: account.roles, of: given.map((role) => ({ value: role, label: t(`role.${role}`) })) })}
            ${select(view, { name: 'country', label: labels.country, errors, isRequired: false, empty: t('people.noCountry'), value: account.country ?? '', choices: countryChoices(view) })}
            ${account.state === 'unconfirmed' ? html`<p>${t('people.state')}${view.f.colon}${t('people.state.unconfirmed')}</p>` : choices(view, { name: 'state', label: labels.state, hint: t('people.closedHint'), errors, type: 'radio', values: [account.state], of: (['active', 'suspended'] as const).map((state) => ({ value: state, label: t(`people.state.${state}`) })) })}
            ${passwordField(view, { name: 'managePassword', hasPassword: true, errors, hint: t('people.vouchPassword') })}
            <button>${t('form.save')}</button>`,
        )}
        ${account.state === 'active' && !isSelf && html`<h2>${t('people.vouch')}</h2><p>${t('people.vouchLead')}</p>${vouchForm(view, account.id, errors)}`}
        <h2>${t('people.erase')}</h2>
        ${
          isSelf
            ? html`<p><a href="${href('/account#erase')}">${t('people.eraseOwn')}</a></p>`
            : html`<p>${t('people.eraseLead')}</p><p><a href="${href(`${accountPath(account.id)}/erase`)}">${t('people.eraseLink')}</a></p>`
        }
      </div>
      <h2>${t('people.events')}</h2>
      ${eventTable(view, events)}`,
  })
}

const vouchForm = (view: View, id: string, errors: Errors): Html =>
  form(
    view,
    `${accountPath(id)}/vouch`,
    html`${passwordField(view, { name: 'vouchPassword', hasPassword: true, errors, hint: view.t('people.vouchPassword') })}
      <button>${view.t('people.vouchButton')}</button>`,
  )

const countryChoices = (view: View) =>
  Object.keys(codeList('countries')?.terms ?? {})
    .map((value) => ({ value, label: plainLabel(view, 'countries', value) }))
    .sort((a, b) => view.f.compare(a.label, b.label))

export function auditPage(view: View, events: readonly AuditLine[], next: number | null): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('audit.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${t('audit.title')}</h1>
      <p class="lead">${t('audit.lead')}</p>
      ${eventTable(view, events)}
      ${next !== null && html`<p><a href="${href(`/audit?before=${next}`)}" rel="next">${t('audit.older')}</a></p>`}`,
  })
}

function eventTable(view: View, events: readonly AuditLine[]): Html {
  const { t, f } = view
  if (events.length === 0) return html`<p class="soft">${t('audit.none')}</p>`
  const heads = (['audit.when', 'audit.who', 'audit.what', 'audit.whom', 'audit.detail'] as const).map((key) => ({
    name: t(key),
  }))
  const row = (one: AuditLine) => [
    html`${f.time(one.at)}`,
    html`${whoDid(view, one)}`,
    html`${t(`audit.event.${one.event}`)}`,
    html`${isOfNode(one) ? nothing : one.subject ? personLink(view, one.subject, one.subjectName) : t('audit.unknown')}`,
    html`${detailOf(view, one)}`,
  ]
  return rowsTable({ of: { label: t('audit.title') }, heads, rows: events.map(row) })
}

/** Such as that another node was suspended: that happens to no account. */
const isOfNode = ({ event }: AuditLine): boolean => /^(?:node|pack|copy|notification)\./.test(event)

const personLink = ({ t, href }: View, id: string, name: string): Html =>
  name ? html`<a href="${href(accountPath(id))}"><bdi>${name}</bdi></a>` : html`${t('audit.gone')}`

function whoDid(view: View, { actor, actorName }: AuditLine): Content {
  const id = personOf(actor)
  if (id) return personLink(view, id, actorName)
  return view.t(actor === 'anyone' ? 'role.anyone' : 'audit.system')
}

function detailOf(view: View, { event, detail }: AuditLine): Content {
  const { t } = view
  if (event === 'account.managed') {
    const { from, to, state } = JSON.parse(detail) as { from: string[]; to: string[]; state: string }
    return t('audit.roles', {
      from: rolesOf(view, from),
      to: rolesOf(view, to),
      state: wordsOr(t, `people.state.${state}`, state),
    })
  }
  if (event.startsWith('curator.'))
    return html`<a href="${view.href(`/collections/${detail}`)}">${t('kind.curated-collection.one')}</a>`
  if (event.startsWith('translator.')) return languageNamed(view, detail)
  if (event === 'act.refused') return html`<code>${detail}</code>`
  const way = `audit.way.${detail}`
  return hasMessage(way) ? t(way) : html`<bdi>${detail}</bdi>`
}

/** The table of `kernel/permission.ts` itself: on a phone it is moved sideways, since as a list it would have hundreds of lines. */
export function rolesPage(view: View): HttpResponse {
  const { t } = view
  const row = (permission: Permission) => {
    const may: readonly string[] = permissions[permission]
    return html`<tr>
      <th scope="row">${t(`permission.${permission}`)}</th>
      ${everyone.map((role) => (may.includes(role) ? html`<td><strong>${t('roles.yes')}</strong></td>` : html`<td class="soft">${t('roles.no')}</td>`))}
    </tr>`
  }
  return page(view, {
    title: t('roles.title'),
    description: t('roles.lead'),
    main: html`<h1>${t('roles.title')}</h1>
      <p class="lead">${t('roles.lead')}</p>
      <div class="scroll" role="region" aria-label="${t('roles.title')}" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('roles.what')}</th>
              ${everyone.map((role) => html`<th scope="col">${t(`role.${role}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${(Object.keys(permissions) as Permission[]).map(row)}
          </tbody>
        </table>
      </div>
      <p>${t('roles.ofCollections')}</p>
      <ul>
        ${ofCollectionCurators.map((permission) => html`<li>${t(`permission.${permission}`)}</li>`)}
      </ul>
      <p>${t('roles.ofTranslators')}</p>`,
  })
}
