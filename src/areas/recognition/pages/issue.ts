/** Issuing badges one by one, and the status of what was issued. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { choices, errorSummary, field, form, input, select, type Choice, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { completionsPath } from '../completion/claiming.ts'
import { badgeFormats } from '../issuing/badge-file.ts'
import type { IssuedLine } from '../issuing/status.ts'

export const issuePath = '/credentials'
export const issueFields = ['name', 'description', 'criteria', 'learner', 'until', 'format', 'canBeSuspended'] as const
type Typed = Partial<Record<string, string>>

const labelsOf = ({ t }: View): Record<string, string> => ({
  name: t('issueBadge.name'),
  description: t('issueBadge.description'),
  criteria: t('issueBadge.criteria'),
  learner: t('issueBadge.learner'),
  until: t('issueBadge.until'),
  format: t('issueBadge.format'),
  canBeSuspended: t('issueBadge.suspension'),
  state: t('issueBadge.state'),
  reason: t('issueBadge.reason'),
  organisation: t('learnerRecord.organisation'),
  number: t('awardSheet.number'),
  learnerName: t('awardSheet.name'),
  email: t('awardSheet.email'),
  date: t('awardSheet.date'),
  result: t('awardSheet.result'),
})

/** `isCurator`: they may issue single badges in the name of the site; others issue achievements of their organisations. */
export type Overview = {
  issued: readonly IssuedLine[]
  /** Of the achievements that were issued, by their identifiers. */
  titles: ReadonlyMap<string, Content>
  batches: Content
  /** How many learners wait until somebody confirms what they completed. */
  waiting: number
  isCurator: boolean
  organisations: readonly Choice[]
}

export function issuePage(
  view: View,
  { issued, titles, batches, waiting, isCurator, organisations }: Overview,
  typed: Typed = {},
  errors: Errors = new Map(),
): HttpResponse {
  const { t } = view
  const title = t('issueBadge.title')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`<h1>${title}</h1>
      <p class="lead">${isCurator ? t('issueBadge.lead') : t('issueBadge.leadOfMembers')}</p>
      ${errorSummary(view, errors, (name) => labelsOf(view)[name] ?? name)}
      <p><a class="button" href="${view.href('/search?kind=achievement')}">${t('issueBadge.toAchievements')}</a></p>
      <p><a href="${view.href(completionsPath)}">${t('completion.waitingCount', { count: waiting })}</a></p>
      ${batches}
      ${isCurator && html`<h2>${t('issueBadge.single')}</h2> ${asking(view, typed, errors)} ${issuedTable(view, { issued, titles })}`}
      ${bundling(view, { isCurator, organisations }, typed, errors)}`,
  })
}

export const learnerRecordsPath = `${issuePath}/learner-records`
export const learnerRecordFields = ['organisation', 'number', 'email'] as const

/** All that one learner was issued, as one. */
function bundling(
  view: View,
  { isCurator, organisations }: Pick<Overview, 'isCurator' | 'organisations'>,
  typed: Typed,
  errors: Errors,
): Html {
  const { t } = view
  const parts = (name: string) => ({ name, label: labelsOf(view)[name]!, errors, value: typed[name] ?? '' })
  return html`<section aria-labelledby="learner-record">
    <h2 id="learner-record">${t('learnerRecord.issue')}</h2>
    <p>${t('learnerRecord.issueWhy')}</p>
    ${form(
      view,
      learnerRecordsPath,
      html`${select(view, { ...parts('organisation'), choices: organisations, ...(isCurator && { empty: view.site.name, isRequired: false }) })}
        ${input(view, { ...parts('number'), isRequired: false, max: 200, hint: t('learnerRecord.numberHint') })}
        ${input(view, { ...parts('email'), isRequired: false, type: 'email', direction: 'ltr', max: 254 })}
        <p class="go"><button>${t('learnerRecord.issueGo')}</button></p>`,
    )}
  </section>`
}

function asking(view: View, typed: Typed, errors: Errors): Html {
  const { t } = view
  const parts = (name: string) => ({ name, label: labelsOf(view)[name]!, errors, value: typed[name] ?? '' })
  const area = (name: string, hint: string) =>
    field(
      view,
      { ...parts(name), hint },
      (marks) => html`<textarea${marks} rows="3" maxlength="2000">\n${typed[name] ?? ''}</textarea>`,
    )
  return form(
    view,
    issuePath,
    html`${input(view, { ...parts('name'), max: 200 })} ${area('description', t('issueBadge.descriptionHint'))}
      ${area('criteria', t('issueBadge.criteriaHint'))}
      ${input(view, { ...parts('learner'), isRequired: false, max: 200, hint: t('issueBadge.learnerHint') })}
      ${input(view, { ...parts('until'), isRequired: false, type: 'date' })}
      ${choices(view, {
        name: 'format',
        label: labelsOf(view)['format']!,
        errors,
        type: 'radio',
        of: badgeFormats.map((value) => ({
          value,
          label: { png: t('issueBadge.png'), svg: t('issueBadge.svg'), json: t('issueBadge.json') }[value],
        })),
        values: [typed['format'] ?? 'png'],
      })}
      ${suspension(view, errors, typed['canBeSuspended'])}
      <p>${t('issueBadge.notKept')}</p>
      <p class="go"><button>${t('issueBadge.go')}</button></p>`,
  )
}

/** Whether it gets a second status, which Open Badges 3.0 has not. */
export const suspension = (view: View, errors: Errors, typed: string | undefined): Html =>
  choices(view, {
    name: 'canBeSuspended',
    label: view.t('issueBadge.suspension'),
    hint: view.t('issueBadge.suspensionHint'),
    errors,
    isRequired: false,
    of: [{ value: 'true', label: view.t('issueBadge.canBeSuspended') }],
    values: typed === 'true' ? ['true'] : [],
  })

const stateWord = ({ t }: View, state: IssuedLine['state']): string =>
  ({ valid: t('issueBadge.valid'), revoked: t('issueBadge.revoked'), suspended: t('issueBadge.suspended') })[state]

function issuedTable(view: View, { issued, titles }: Pick<Overview, 'issued' | 'titles'>): Html {
  const { t, f, href } = view
  if (issued.length === 0) return html`<p>${t('issueBadge.none')}</p>`
  return html`<section>
    <h2 id="issued">${t('issueBadge.issued')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="issued">
      <table>
        <thead>
          <tr><th scope="col">${t('issueBadge.id')}</th><th scope="col">${t('kind.achievement.one')}</th><th scope="col">${t('issueBadge.when')}</th><th scope="col">${t('issueBadge.state')}</th></tr>
        </thead>
        <tbody>
          ${issued.map(
            ({ id, achievement, issuedAt, state }) =>
              html`<tr>
                <th scope="row"><a href="${href(`${issuePath}/${id}`)}"><bdi dir="ltr">${id}</bdi></a></th>
                <td>${titles.get(achievement)}</td>
                <td>${f.time(issuedAt)}</td>
                <td>${stateWord(view, state)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

export function statusPage(view: View, line: IssuedLine, typed: Typed = {}, errors: Errors = new Map()): HttpResponse {
  const { t, f } = view
  const title = t('issueBadge.statusTitle')
  const labels = labelsOf(view)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('issueBadge.title'), path: issuePath }])}
      <h1>${title}</h1>
      ${errorSummary(view, errors, (name) => labels[name] ?? name)}
      <dl>
        <dt>${t('issueBadge.id')}</dt><dd><bdi dir="ltr">${line.id}</bdi></dd>
        <dt>${t('issueBadge.when')}</dt><dd>${f.time(line.issuedAt)}</dd>
        <dt>${t('issueBadge.state')}</dt><dd>${stateWord(view, line.state)}</dd>
        ${line.reason && html`<dt>${t('issueBadge.reason')}</dt><dd>${reasonWord(view, line)}</dd>`}
        ${line.replacedBy && html`<dt>${t('issueBadge.replacedBy')}</dt><dd><a href="${view.href(`${issuePath}/${line.replacedBy}`)}"><bdi dir="ltr">${line.replacedBy}</bdi></a></dd>`}
      </dl>
      ${line.state === 'revoked' ? html`<p>${t('issueBadge.forGood')}</p>` : changing(view, line, typed, errors)}
      ${line.isOfAchievement && !line.replacedBy && again(view, line, typed, errors)}`,
  })
}

/** What the node gave as a reason itself, in words; what somebody wrote as it is. */
const reasonWord = ({ t }: View, { reason, replacedBy }: IssuedLine): string => {
  if (reason === 'decisionWithdrawn' || reason === 'decisionChanged') return t(`qualityLabel.${reason}`)
  return replacedBy && reason === 'replaced' ? t('issueBadge.replaced') : reason
}

function changing(view: View, { id, state, canBeSuspended }: IssuedLine, typed: Typed, errors: Errors): Html {
  const { t } = view
  const labels = labelsOf(view)
  const whileValid = canBeSuspended ? (['revoked', 'suspended'] as const) : (['revoked'] as const)
  const offered = state === 'suspended' ? (['valid', 'revoked'] as const) : whileValid
  const acts = { valid: t('issueBadge.restore'), revoked: t('issueBadge.revoke'), suspended: t('issueBadge.suspend') }
  return form(
    view,
    `${issuePath}/${id}`,
    html`${!canBeSuspended && html`<p>${t('issueBadge.onlyRevoke')}</p>`}
      ${select(view, { name: 'state', label: labels['state']!, errors, choices: offered.map((value) => ({ value, label: acts[value] })), value: typed['state'] ?? offered[0] })}
      ${field(view, { name: 'reason', label: labels['reason']!, errors, hint: t('issueBadge.reasonHint') }, (marks) => html`<textarea${marks} rows="2" maxlength="500">\n${typed['reason'] ?? ''}</textarea>`)}
      <p class="go"><button>${t('issueBadge.change')}</button></p>`,
  )
}

export const againFields = ['learnerName', 'email', 'date', 'result'] as const

function again(view: View, { id }: IssuedLine, typed: Typed, errors: Errors): Html {
  const { t } = view
  const parts = (name: string) => ({ name, label: labelsOf(view)[name]!, errors, value: typed[name] ?? '' })
  return html`<h2>${t('reissue.title')}</h2>
    <p>${t('reissue.lead')}</p>
    ${form(
      view,
      `${issuePath}/${id}/again`,
      html`${input(view, { ...parts('learnerName'), isRequired: false, max: 200, hint: t('awardSheet.nameHint') })}
        ${input(view, { ...parts('email'), isRequired: false, type: 'email', direction: 'ltr', max: 254, hint: t('awardSheet.emailHint') })}
        ${input(view, { ...parts('date'), type: 'date' })}
        ${input(view, { ...parts('result'), isRequired: false, max: 200, hint: t('awardSheet.resultHint') })}
        <p class="go"><button>${t('reissue.title')}</button></p>`,
    )}`
}
