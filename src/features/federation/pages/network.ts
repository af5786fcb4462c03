/** The nodes whose records come here: for readers what they are, for operators how to follow them. */
import { bestText } from '#kernel/i18n/languages.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { recordPath } from '#ui/cards.ts'
import { choices, errorSummary, form, input, press, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { noteWords } from '#ui/problem-words.ts'
import { textOf, type View } from '#ui/view.ts'
import type { FollowedNode, Run } from '../nodes/operations.ts'
import { reviewChoices } from '../tables.ts'
import { manifestPath, type Manifest } from '../manifest.ts'

export type RefusedCopy = { id: string; via: string; title: string; code: string; values: Record<string, unknown> }
export type Network = {
  nodes: readonly FollowedNode[]
  mayManage: boolean
  /** Copies that wait for a curator; undefined for who may not settle them. */
  refused: readonly RefusedCopy[] | undefined
  /** Copies that came after their key was void; for curators. */
  untrusted: readonly { id: string; title: string; takenAt: string }[]
  errors: Errors
  typed: string
  said: 'followed' | 'pulled' | 'settled' | 'removed' | 'withdrawing' | undefined
}

export function networkPage(view: View, network: Network): HttpResponse {
  const { t } = view
  const { mayManage, refused, untrusted, errors, typed, said } = network
  // Of what is followed no more, readers are told while its records are here.
  const nodes = network.nodes.filter(({ state, records }) => state !== 'removed' || mayManage || records > 0)
  return page(view, {
    title: t('network.title'),
    description: t('network.lead'),
    status: errors.size > 0 ? 422 : 200,
    keep: false,
    main: html`<h1>${t('network.title')}</h1>
      <p class="lead">${t('network.lead')}</p>
      ${errorSummary(view, errors, () => t('network.address'))}
      ${said && html`<p class="notice" role="status">${t(`network.said.${said}`)}</p>`}
      <p><a href="${manifestPath}">${t('network.manifest')}</a></p>
      ${nodes.length === 0 ? html`<p>${t('network.none')}</p>` : html`<ul class="plain cards">${nodes.map((node) => card(view, node, mayManage))}</ul>`}
      ${mayManage && html`<h2>${t('network.add')}</h2>${form(view, '/network/look', html`${input(view, { name: 'address', label: t('network.address'), hint: t('network.addressHint'), errors, value: typed, type: 'url', direction: 'ltr', max: 2_000 })}<button>${t('network.look')}</button>`)}`}
      ${untrusted.length > 0 && doubtful(view, untrusted)}
      ${refused && refused.length > 0 && waiting(view, refused)}`,
  })
}

function card(view: View, node: FollowedNode, mayManage: boolean): Html {
  const { t, f } = view
  const path = `/network/${encodeURIComponent(node.id)}`
  return html`<li class="card">
    <h2><a href="${node.address}" rel="external">${textOf(view, node.name)}</a></h2>
    <p>${t(`network.state.${node.state}`)} · ${t('network.recordsHere', { count: node.records })}</p>
    ${node.kinds && html`<p>${t('network.takesKinds', { kinds: f.list(node.kinds.map((kind) => kindName(view, kind))) })}</p>`}
    ${node.reviews === 'counted' && html`<p>${t('network.reviewsCounted')}</p>`}
    ${node.lastRunAt && html`<p>${t('network.lastRun', { time: f.time(node.lastRunAt) })} ${node.lastRun && runWords(view, node.lastRun)}</p>`}
    ${node.withdraws && html`<p>${t('network.withdraws')}</p>`}
    ${node.fingerprint && html`<p class="small">${t('network.key')} <code class="long" dir="ltr">${node.fingerprint}</code></p>`}
    ${node.revoked.map(({ key, since }) => html`<p class="small">${t('network.keyVoid', { since: f.time(since) })} <code class="long" dir="ltr">${key}</code></p>`)}
    ${node.lastRun?.failed === 'nodeKeyChanged' && keyWarning(view, node, mayManage)}
    ${mayManage && node.state === 'following' && html`<div class="actions">${press(view, `${path}/pull`, t('network.pull'))} ${press(view, '/network/look', t('network.chooseWhat'), { address: node.address })} ${press(view, `${path}/suspend`, t('network.suspend'))}</div>`}
    ${mayManage && node.state === 'suspended' && press(view, `${path}/resume`, t('network.resume'))}
    ${mayManage && node.state === 'removed' && press(view, '/network/look', t('network.followAgain'), { address: node.address })}
    ${mayManage && isRemovable(node) && html`<p><a href="${view.href(`${path}/remove`)}">${t(node.state === 'removed' ? 'network.withdrawRest' : 'network.remove')}</a></p>`}
  </li>`
}

/** Those that came by way of others were never followed; of one that is removed, records may be here that can be withdrawn. */
const isRemovable = ({ state, records, withdraws }: FollowedNode): boolean =>
  state === 'removed' ? records > 0 && !withdraws : state !== 'known'

/** Nothing is taken of it meanwhile; what there is to do, for who may do it. */
const keyWarning = (view: View, { address }: FollowedNode, mayManage: boolean): Html =>
  html`<div class="warning">
    <p><strong>${view.t('network.keyChanged')}</strong> ${view.t('network.keyChangedNext')}</p>
    ${mayManage ? press(view, '/network/look', view.t('network.lookAtKey'), { address }) : html`<p>${view.t('network.askOperator')}</p>`}
  </div>`

const runWords = ({ t }: View, { failed, ...counts }: Run): Content =>
  html`${t('network.run', counts)}${failed && html` <strong>${wordsOr(t, `problem.${failed}.title`, failed)}</strong>`}`

const doubtful = (view: View, copies: Network['untrusted']): Html =>
  html`<h2>${view.t('network.untrusted')}</h2>
    <p>${view.t('network.untrustedLead')}</p>
    <ul>
      ${copies.map(({ id, title, takenAt }) => html`<li><a href="${view.href(recordPath(id))}">${title}</a> · ${view.f.time(takenAt)}</li>`)}
    </ul>`

/** Each with its reason, and the two ways out of it. */
const waiting = (view: View, refused: readonly RefusedCopy[]): Html =>
  html`<h2>${view.t('network.refused')}</h2>
    <p>${view.t('network.refusedLead')}</p>
    <ul class="plain cards">
      ${refused.map(
        ({ id, via, title, code, values }) =>
          html`<li class="card">
            <p>${canBeChosen(code) ? html`<a href="${view.href(recordPath(id))}">${title}</a>` : html`<bdi>${title}</bdi>`}<br />${noteWords(view, code, values)} ${hintOf(view, code)}</p>
            ${
              canBeChosen(code)
                ? html`<div class="actions">${press(view, `/network/copies/${id}`, view.t('network.takeTheirs'), { via, keep: 'theirs' })} ${press(view, `/network/copies/${id}`, view.t('network.keepOurs'), { via, keep: 'ours' })}</div>`
                : press(view, `/network/copies/${id}`, view.t('network.dismiss'), { via, keep: 'ours' })
            }
          </li>`,
      )}
    </ul>`

/** Both versions are sound: a person may choose. Others come by themselves once what is wrong was mended. */
const canBeChosen = (code: string): boolean => code === 'editedHere' || code === 'withdrawnHere'

const hintOf = ({ t }: View, code: string): Content =>
  code === 'revokedKey'
    ? t('network.hint.revoked')
    : code === 'unknownKey' || code === 'unknownNode'
      ? t('network.hint.key')
      : code === 'misfit' || code === 'unknownKind'
        ? t('network.hint.software')
        : nothing

type Choice = {
  isFollowed: boolean
  kinds: readonly string[]
  offered: readonly string[]
  reviews: FollowedNode['reviews']
}

/** Which records are taken: closed where nothing was chosen, as most take everything. */
const kindsPart = (view: View, { kinds, offered }: Choice, errors: Errors): Html =>
  html`<details${(kinds.length > 0 || errors.has('kinds')) && html` open`}>
    <summary>${view.t('network.chooseKinds')}</summary>
    ${choices(view, {
      name: 'kinds',
      label: view.t('network.kinds'),
      hint: view.t('network.kindsHint'),
      errors,
      isRequired: false,
      values: kinds,
      of: offered.map((kind) => ({ value: kind, label: kindName(view, kind) })),
    })}
  </details>`

/** What its reviews are here; nothing that others reviewed counts as reviewed by this site. */
const reviewsPart = (view: View, { reviews }: Choice, errors: Errors): Html =>
  choices(view, {
    name: 'reviews',
    type: 'radio',
    label: view.t('network.reviews'),
    hint: view.t('network.reviewsHint'),
    errors,
    values: [reviews],
    of: reviewChoices.map((value) => ({ value, label: view.t(`network.reviews.${value}`) })),
  })

const kindName = ({ t }: View, kind: string): string => wordsOr(t, `kind.${kind}.many`, kind)

/** What a node says of itself, before it is followed. */
export function lookPage(
  view: View,
  {
    address,
    manifest,
    fingerprint,
    known,
    follows,
    ...choice
  }: { address: string; manifest: Manifest; fingerprint: string; known: string | null; follows: boolean } & Choice,
  errors: Errors = new Map(),
): HttpResponse {
  const { t, f } = view
  const key = (text: string) => html`<code class="long" dir="ltr">${text}</code>`
  const rows: [string, Content][] = [
    [t('network.operator'), manifest.operator ? textOf(view, manifest.operator) : nothing],
    [t('network.legalBasis'), manifest.legalBasis ? textOf(view, manifest.legalBasis) : nothing],
    [t('network.reviewPolicy'), manifest.reviewPolicy ? textOf(view, manifest.reviewPolicy) : nothing],
    [t('network.languages'), manifest.languages.map((tag) => f.languageName(tag)).join(f.comma)],
    [t('network.records'), f.number(manifest.records)],
    [t('network.address'), html`<span dir="ltr">${address}</span>`],
    [known === fingerprint || known === null ? t('network.key') : t('network.keyNew'), key(fingerprint)],
    [t('network.keyKnown'), known === null || known === fingerprint ? nothing : key(known)],
  ]
  const name = bestText(manifest.name, view.language).text
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: name }) : name,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`<h1>${name}</h1>
      ${errorSummary(view, errors, (name) => t(name === 'reviews' ? 'network.reviews' : 'network.kinds'))}
      <p class="lead">${t('network.confirm')}</p>
      ${!follows && html`<p class="warning"><strong>${t('network.keyChanged')}</strong> ${t('network.keyChangedNext')}</p>`}
      <dl>${rows.filter(([, value]) => value !== nothing).map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
      ${form(view, '/network/follow', html`<input type="hidden" name="address" value="${address}" /><input type="hidden" name="key" value="${fingerprint}" />${reviewsPart(view, choice, errors)}${kindsPart(view, choice, errors)}<button>${t(!follows ? 'network.acceptKey' : choice.isFollowed ? 'network.saveChoice' : 'network.follow')}</button>`)}
      <p><a href="${view.href('/network')}">${t('network.back')}</a></p>`,
  })
}
