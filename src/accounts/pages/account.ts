/** One’s own account: what is known of one, where one is signed in, keys, taking all along, erasing. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Self } from '../account.ts'
import type { Factors } from '../factors.ts'
import { readUserAgent } from '../browser-name.ts'
import { longestName } from '../inputs.ts'
import type { KeyLine } from '../keys.ts'
import type { IdentityLine } from '../identities.ts'
import type { PasskeyLine } from '../passkeys.ts'
import type { SessionLine } from '../sessions.ts'
import { shortestPassword } from '../password.ts'
import { factorPart } from './factors.ts'
import { choices, errorSummary, field, form, input, press, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { passwordField, usernameOf } from './password-field.ts'
import { passkeyOrigin } from '../webauthn.ts'
import { passkeyPart, passkeyScript } from './passkeys.ts'
import { identityPart } from './oidc.ts'
import { rowsTable } from '#ui/rows-table.ts'
import type { View } from '#ui/view.ts'

export type AccountParts = {
  self: Self
  sessions: readonly SessionLine[]
  /** Which of the sessions this page belongs to. */
  here: string
  keys: readonly KeyLine[]
  passkeys: readonly PasskeyLine[]
  identities: readonly IdentityLine[]
  factors: Factors
  /** Titles of the organisations they work for, by identifier. */
  organisations: ReadonlyMap<string, string>
  /** What other features add. */
  more: Content
  /** What keys can be made for. */
  scopes: readonly string[]
}
/** The form that was refused: its name, its values, and what is wrong. */
export type Refused = {
  part:
    | 'self'
    | 'email'
    | 'password'
    | 'sessions'
    | 'factor'
    | 'passkey'
    | 'passkeyRename'
    | 'passkeyRemove'
    | 'identities'
    | 'key'
    | 'notices'
    | 'erase'
  errors: Errors
  /** What was sent, to be shown again; passwords are not. */
  typed?: URLSearchParams
}
const none: Errors = new Map()

export function accountPage(
  view: View,
  parts: AccountParts,
  { refused, saved }: { refused?: Refused; saved?: string } = {},
): HttpResponse {
  const { t } = view
  const typed = (name: string, usual = '') => refused?.typed?.get(name) ?? usual
  const errorsOf = (part: Refused['part']) => (refused?.part === part ? refused.errors : none)
  const errors = refused?.errors ?? none
  const title = t('account.title')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    head: passkeyScript(view),
    main: html`${crumbs(view, [])}
      <h1>${title}</h1>
      ${saved && html`<p class="note" role="status">${wordsOr(t, `account.saved.${saved}`, saved)}</p>`}
      ${errorSummary(view, errors, (name) => labelOf(view, name))}
      <p class="lead">${t('account.rolesAre', { roles: view.f.list(parts.self.roles.map((role) => t(`role.${role}`))) })} <a href="${view.href('/roles')}">${t('roles.title')}</a></p>
      <div class="narrow">
        ${section('self', t('account.self'), selfForm(view, parts, errorsOf('self'), refused?.part === 'self' ? refused.typed : undefined))}
        ${section('email', t('account.email'), emailForm(view, parts, errorsOf('email'), typed('newEmail')))}
        ${section('password', t('account.password'), passwordForm(view, parts, errorsOf('password')))}
        ${section('factors', t('factor.title'), factorPart(view, { factors: parts.factors, hasPassword: parts.self.hasPassword, errors: errorsOf('factor') }))}
        ${section('passkeys', t('passkey.title'), passkeyPart(view, { passkeys: parts.passkeys, hasPassword: parts.self.hasPassword, origin: passkeyOrigin(view.site.address, view.absolute('/')), refused }))}
        ${(view.site.provider !== undefined || parts.identities.length > 0) && section('identities', t('provider.title'), identityPart(view, { identities: parts.identities, hasPassword: parts.self.hasPassword, refused: refused?.part === 'identities' ? refused : undefined }))}
        ${section('sessions', t('account.sessions'), sessionPart(view, parts, errorsOf('sessions')))}
        ${section('keys', t('account.keys'), keyPart(view, parts, errorsOf('key'), refused?.typed))}
        ${parts.more} ${section('export', t('account.export'), html`<p>${t('account.exportLead')}</p><p><a class="button" href="${view.href('/account/export.json')}" download>${t('account.exportButton')}</a></p>`)}
        ${section('erase', t('account.erase'), eraseForm(view, parts, errorsOf('erase'), typed('keepName', 'true')))}
      </div>`,
  })
}

/** What a field of this page is called, of whichever form it is. */
function labelOf({ t }: View, name: string): string {
  if (/password$/i.test(name) && name !== 'newPassword') return t('account.field.password')
  return wordsOr(t, `account.field.${name}`, wordsOr(t, `notice.topic.${name}`, name))
}

const section = (id: string, title: string, content: Content): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`

function selfForm(
  view: View,
  { self, organisations }: AccountParts,
  errors: Errors,
  typed: URLSearchParams | undefined,
): Html {
  const { t } = view
  return form(
    view,
    '/account',
    html`${input(view, { name: 'name', label: t('account.field.name'), hint: t('signUp.nameHint'), value: typed?.get('name') ?? self.name, autocomplete: 'name', max: longestName, errors })}
      ${select(view, { name: 'language', label: t('account.field.language'), value: typed?.get('language') ?? self.language, errors, choices: languages.map((one) => ({ value: one, label: ownNames[one] })) })}
      ${field(view, { name: 'affiliations', label: t('account.field.affiliations'), hint: t('account.affiliationsHint'), errors, isRequired: false }, (marks) => html`<textarea${marks} rows="3" dir="ltr">${typed?.get('affiliations') ?? self.affiliations.join('\n')}</textarea>`)}
      ${self.affiliations.length > 0 && html`<ul>${self.affiliations.map((id) => html`<li><a href="${view.href(`/records/${id}`)}">${organisations.get(id) ?? id}</a></li>`)}</ul>`}
      <button>${t('form.save')}</button>`,
  )
}

function emailForm(view: View, { self }: AccountParts, errors: Errors, typed: string): Html {
  const { t } = view
  return form(
    view,
    '/account/email',
    html`<p>${t('account.emailIs')} <bdi class="long">${self.email}</bdi></p>
      ${input(view, { name: 'newEmail', value: typed, label: t('account.field.newEmail'), hint: t('account.newEmailHint'), type: 'email', autocomplete: 'email', direction: 'ltr', errors })}
      ${passwordField(view, { name: 'emailPassword', hasPassword: self.hasPassword, errors })}
      <button>${t('account.emailButton')}</button>`,
  )
}

/** The page behind the link to a new address. Nothing changes before the button is pressed, so that programs which open links do no harm. */
export function confirmEmailPage(view: View, token: string, email: string): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('account.confirmEmail'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${t('account.confirmEmail')}</h1>
      <p class="lead">${t('account.confirmEmailLead')} <bdi class="long">${email}</bdi></p>
      ${form(view, `/account/email/${token}`, html`<button>${t('account.confirmEmailButton')}</button>`)}
    </div>`,
  })
}

function passwordForm(view: View, { self, passkeys }: AccountParts, errors: Errors): Html {
  const { t } = view
  return form(
    view,
    '/account/password',
    html`${!self.hasPassword && html`${usernameOf(view)}<p>${t('account.noPassword')}</p>`}
      ${passwordField(view, { name: 'password', hasPassword: self.hasPassword, errors, ...(passkeys.length > 0 && { hint: t('account.passwordOrPasskey') }) })}
      ${input(view, { name: 'newPassword', label: t('account.field.newPassword'), hint: t('link.passwordHint', { least: shortestPassword }), type: 'password', autocomplete: 'new-password', direction: 'ltr', errors })}
      <button>${t('account.passwordButton')}</button>`,
  )
}

/** One proof of who one is, and a button for each. */
function sessionPart(view: View, parts: AccountParts, errors: Errors): Html {
  const { t } = view
  const { sessions, self } = parts
  if (sessions.length < 2) return sessionTable(view, parts)
  return form(
    view,
    '/account/sessions/end',
    html`${passwordField(view, { name: 'sessionsPassword', hasPassword: self.hasPassword, errors, hint: t('account.sessionsHint') })}
      <p><button name="id" value="others">${t('account.endOthers')}</button></p>
      ${sessionTable(view, parts)}`,
  )
}

function agentOf({ t }: View, agent: string): string {
  const { browser = t('account.unknownAgent'), system } = readUserAgent(agent)
  return system ? t('account.browserOn', { browser, system }) : browser
}

/** What a key may do, in words, with the name by which programs know it. */
function scopeOf(view: View, scope: string): Html {
  const kind = [...view.site.kinds.values()].find(({ plural }) => plural === scope)
  const words = kind ? view.t(`kind.${kind.name}.many`) : wordsOr(view.t, `scope.${scope}`, '')
  return html`${words} <code class="small">${scope}</code>`
}

function sessionTable(view: View, { sessions, here }: AccountParts): Html {
  const { t, f } = view
  return rowsTable({
    of: { label: t('account.sessions') },
    role: 'group',
    heads: [
      { name: t('account.agent') },
      { name: t('account.since') },
      { name: t('account.seen') },
      { name: t('account.end'), isHidden: true },
    ],
    rows: sessions.map((one) => [
      html`<bdi>${agentOf(view, one.agent)}</bdi>`,
      f.time(one.createdAt),
      f.time(one.seenAt),
      one.id === here
        ? t('account.here')
        : html`<button class="quiet" name="id" value="${one.id}">${t('account.end')}</button>`,
    ]),
  })
}

function keyPart(view: View, { self, keys, scopes }: AccountParts, errors: Errors, typed?: URLSearchParams): Html {
  const { t, f } = view
  return html`<p>${t('account.keysLead')}</p>
    ${
      keys.length > 0 &&
      rowsTable({
        of: { label: t('account.keys') },
        role: 'group',
        heads: [
          { name: t('account.field.keyName') },
          { name: t('account.field.scopes') },
          { name: t('account.keyUsed') },
          { name: t('account.keyUntil') },
          { name: t('account.keyEnd'), isHidden: true },
        ],
        rows: keys.map((key) => [
          key.name,
          html`<ul class="links">${key.scopes.map((one) => html`<li>${scopeOf(view, one)}</li>`)}</ul>`,
          key.lastUsedAt ? f.time(key.lastUsedAt) : t('account.never'),
          key.expiresAt ? f.time(key.expiresAt) : nothing,
          press(view, '/account/keys/end', t('account.keyEnd'), { id: key.id }),
        ]),
      })
    }
    ${form(
      view,
      '/account/keys',
      html`${input(view, { name: 'keyName', value: typed?.get('keyName') ?? '', label: t('account.field.keyName'), hint: t('account.keyNameHint'), errors, max: 100 })}
        ${choices(view, { name: 'scopes', label: t('account.field.scopes'), hint: t('account.scopesHint'), errors, values: typed?.getAll('scopes') ?? [], of: scopes.map((one) => ({ value: one, label: scopeOf(view, one) })) })}
        ${input(view, { name: 'days', label: t('account.field.days'), value: typed?.get('days') ?? '365', type: 'number', errors })}
        ${passwordField(view, { name: 'keyPassword', hasPassword: self.hasPassword, errors })}
        <button>${t('account.keyButton')}</button>`,
    )}`
}

function eraseForm(view: View, { self }: AccountParts, errors: Errors, typed: string): Html {
  const { t } = view
  return form(
    view,
    '/account/erase',
    html`<p>${t('account.eraseLead')}</p>
      ${choices(view, {
        name: 'keepName',
        label: t('account.field.keepName'),
        errors,
        type: 'radio',
        values: [typed],
        of: [
          { value: 'true', label: t('account.keepName') },
          { value: 'false', label: t('account.dropName') },
        ],
      })}
      ${passwordField(view, { name: 'erasePassword', hasPassword: self.hasPassword, errors })}
      <button class="danger">${t('account.eraseButton')}</button>`,
  )
}

/** A new key, shown once. */
export function newKeyPage(view: View, key: string): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('account.newKey'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${t('account.newKey')}</h1>
      <p class="lead">${t('account.newKeyLead')}</p>
      <p><code class="long">${key}</code></p>
      <pre dir="ltr"><code>curl -H "Authorization: Bearer ${key}" ${view.absolute('/api/account')}</code></pre>
      <p><a href="${href('/account#keys')}">${t('account.back')}</a></p>
    </div>`,
  })
}
