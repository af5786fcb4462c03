/** Issuing an achievement from a table: what is asked for, what was found in the table, how far it is, and taking it back. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { choices, errorSummary, field, form, input, press, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { ruleWords } from '#ui/problem-words.ts'
import { plainTitle, textOf, type View } from '#ui/view.ts'
import type { Batch } from '../batches/batch.ts'
import { columnNames, type Column } from '../batches/learners-of-table.ts'
import { tableLimits, workbookLimits } from '../batches/read-table.ts'
import type { IssuingOrganisation } from '../issuers/issuers.ts'
import { issuePath, suspension } from './issue.ts'

export const batchesPath = '/credentials/batches'
export const batchPath = (id: string, part = ''): string => `${batchesPath}/${id}${part}`
export const awardPath = (achievement: string): string => `/achievements/${achievement}/issue`
export const awardFields = ['file', 'organisation', 'period', 'language', 'sendsMail', 'canBeSuspended'] as const
const alone = { unlisted: true, keep: false } as const

const labelsOf = ({ t }: View): Record<string, string> => ({
  file: t('award.file'),
  organisation: t('award.organisation'),
  period: t('award.period'),
  language: t('award.language'),
  sendsMail: t('award.mail'),
  canBeSuspended: t('issueBadge.suspension'),
  reason: t('issueBadge.reason'),
})

type Asking = {
  achievement: StoredRecord
  issuers: readonly IssuingOrganisation[]
  typed?: Partial<Record<string, string>>
  errors?: Errors
}

export function awardPage(view: View, { achievement, issuers, typed = {}, errors = new Map() }: Asking): HttpResponse {
  const { t, href } = view
  const { id, body } = achievement
  const title = t('award.title', { achievement: plainTitle(view, body) })
  return page(view, {
    ...alone,
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    main: html`${crumbs(view, [
      { name: t('issueBadge.title'), path: issuePath },
      { name: plainTitle(view, body), path: recordPath(id) },
    ])}
      <h1>${title}</h1>
      ${errorSummary(view, errors, (name) => labelsOf(view)[name] ?? name)}
      ${issuers.length === 0 ? html`<p class="lead">${t('award.mayNot')}</p>` : asking(view, { achievement, issuers, typed, errors })}
      <h2>${t('award.table')}</h2>
      <p>${t('award.tableWhy')}</p>
      <ul>
        ${Object.entries(columnNames(t)).map(([column, name]) => html`<li><strong>${name}</strong>${view.f.colon}${columnHint(view, column as Column)}</li>`)}
      </ul>
      <p><a href="${href(`${awardPath(id)}/table.csv`)}" download rel="nofollow">${t('award.emptyTable')}</a></p>`,
  })
}

const columnHint = ({ t }: View, column: Column): string =>
  ({
    name: t('awardSheet.nameHint'),
    number: t('awardSheet.numberHint'),
    email: t('awardSheet.emailHint'),
    date: t('awardSheet.dateHint'),
    result: t('awardSheet.resultHint'),
  })[column]

function asking(view: View, { achievement, issuers, typed = {}, errors = new Map() }: Required<Asking>): Html {
  const { t } = view
  const labels = labelsOf(view)
  const parts = (name: string) => ({ name, label: labels[name]!, errors, value: typed[name] ?? '' })
  const hint = t('award.fileHint', { rows: tableLimits.rows, some: workbookLimits.rows })
  return form(
    view,
    awardPath(achievement.id),
    html`${field(view, { ...parts('file'), hint }, (marks) => html`<input${marks} type="file" accept=".csv,.tsv,.txt,.xlsx" />`)}
      ${select(view, {
        ...parts('organisation'),
        choices: issuers.map((one) => ({ value: one.id, label: issuerName(view, one) })),
      })}
      ${input(view, { ...parts('period'), isRequired: false, max: 100, hint: t('award.periodHint') })}
      ${select(view, { ...parts('language'), value: typed['language'] ?? view.language, choices: languages.map((value) => ({ value, label: ownNames[value] })) })}
      ${choices(view, {
        ...parts('sendsMail'),
        isRequired: false,
        of: [{ value: 'true', label: t('award.mailYes') }],
        values: typed['sendsMail'] === 'false' ? [] : ['true'],
      })}
      ${suspension(view, errors, typed['canBeSuspended'])}
      <p>${t('award.checkedFirst')}</p>
      <p class="go"><button>${t('award.check')}</button></p>`,
    { takesFiles: true },
  )
}

const issuerName = (view: View, { id, title, originalLanguage }: IssuingOrganisation): Content =>
  id === '' ? view.site.name : plainTitle(view, { title, originalLanguage })

const stateWord = ({ t }: View, state: Batch['state']): string =>
  ({
    checked: t('batch.checked'),
    running: t('batch.running'),
    done: t('batch.done'),
    stopped: t('batch.stopped'),
    revoked: t('issueBadge.revoked'),
  })[state]

const secondsBetweenLooks = 3

type Line = { row: number; id: string; name: string }
type Shown = {
  batch: Batch
  achievement: StoredRecord
  links: readonly Line[]
  next: number | null
  typed?: { reason: string }
  errors?: Errors
}

export function batchPage(
  view: View,
  { batch, achievement, links, next, typed, errors = new Map() }: Shown,
): HttpResponse {
  const { t, f } = view
  const { state, total, wrong, known, issued, period, fileName, reason } = batch
  const title = t('batch.title', { achievement: plainTitle(view, achievement.body) })
  const answer = page(view, {
    ...alone,
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    main: html`${crumbs(view, [
      { name: t('issueBadge.title'), path: issuePath },
      {
        name: textOf(view, achievement.body.title, achievement.body.originalLanguage),
        path: recordPath(achievement.id),
      },
    ])}
      <h1>${title}</h1>
      ${errorSummary(view, errors, (name) => labelsOf(view)[name] ?? name)}
      <dl>
        <dt>${t('issueBadge.state')}</dt><dd>${stateWord(view, state)}</dd>
        <dt>${t('award.file')}</dt><dd><bdi>${fileName}</bdi></dd>
        ${period && html`<dt>${t('award.period')}</dt><dd><bdi>${period}</bdi></dd>`}
        <dt>${t('batch.rows')}</dt><dd>${f.number(total)}</dd>
        ${state !== 'checked' && html`<dt>${t('batch.issued')}</dt><dd>${f.number(issued)}</dd>`}
        ${reason && html`<dt>${t('issueBadge.reason')}</dt><dd>${reason}</dd>`}
      </dl>
      ${wrong > 0 && html`<p class="warning">${t('batch.wrong', { count: wrong })}</p>`}
      ${known > 0 && html`<p>${t('batch.known', { count: known })}</p>`}
      ${actsOf(view, batch)} ${errorList(view, batch)} ${state !== 'running' && credentialList(view, batch, links, next)}
      ${issued > 0 && state !== 'revoked' && afterwards(view, batch, typed?.reason ?? '', errors)}`,
  })
  return state === 'running'
    ? { ...answer, headers: { ...answer.headers, refresh: String(secondsBetweenLooks) } }
    : answer
}

function actsOf(view: View, batch: Batch): Content {
  const { t, href } = view
  const { id, state, total, wrong, known, done } = batch
  if (state === 'checked') {
    const count = total - wrong - known
    return html`${count > 0 ? form(view, batchPath(id, '/start'), html`<button>${t('batch.start', { count })}</button>`) : html`<p>${t('batch.nothing')}</p>`}
      ${press(view, batchPath(id, '/stop'), t('batch.discard'))}`
  }
  if (state !== 'running') return nothing
  return html`<p><progress max="${total - wrong}" value="${done}" aria-label="${t('batch.progress')}"></progress> ${t('batch.progressOf', { done, of: total - wrong })}</p>
    <p>${t('batch.progressHint')} <a href="${href(batchPath(id))}">${t('batch.again')}</a></p>
    ${press(view, batchPath(id, '/stop'), t('batch.stop'))}`
}

/** A list and no table: on a phone what to correct must not be out of sight. */
function errorList(view: View, { errors, wrong }: Batch): Content {
  const { t, f } = view
  if (errors.length === 0) return nothing
  const names = columnNames(t)
  return html`<section aria-labelledby="row-errors">
    <h2 id="row-errors">${t('batch.errors')}</h2>
    <ul>
      ${errors.map(
        ({ row, column, rule, values }) =>
          html`<li>
            <strong>${t('batch.rowOf', { row: f.number(row) })} · ${names[column as Column]}</strong>${f.colon}${ruleWords(view, { place: column, rule, values })}
          </li>`,
      )}
    </ul>
    ${wrong > errors.length && html`<p class="small">${t('batch.firstErrors', { count: errors.length })}</p>`}
  </section>`
}

function credentialList(view: View, { id }: Batch, links: readonly Line[], next: number | null): Content {
  const { t, f, href } = view
  if (links.length === 0) return nothing
  return html`<section aria-labelledby="credentials">
    <h2 id="credentials">${t('batch.issued')}</h2>
    <ul>
      ${links.map(
        ({ row, id: credential, name }) =>
          html`<li>
            ${t('batch.rowOf', { row: f.number(row) })} ·
            <a href="${href(`${issuePath}/${credential}`)}"><bdi>${name || credential}</bdi></a>
          </li>`,
      )}
    </ul>
    ${next !== null && html`<p><a href="${href(`${batchPath(id)}?after=${next}`)}">${t('batch.next')}</a></p>`}
  </section>`
}

function afterwards(view: View, { id }: Batch, reason: string, errors: Errors): Html {
  const { t, href } = view
  return html`<h2>${t('batch.links')}</h2>
    <p>${t('batch.linksWhy')}</p>
    <p><a href="${href(batchPath(id, '/links.csv'))}" download rel="nofollow">${t('batch.linksFile')}</a></p>
    <p><a href="${href(batchPath(id, '/sheet'))}">${t('linksSheet.link')}</a></p>
    <h2>${t('batch.revoke')}</h2>
    <p>${t('batch.revokeWhy')}</p>
    ${form(
      view,
      batchPath(id, '/revoke'),
      html`${field(view, { name: 'reason', label: t('issueBadge.reason'), errors, hint: t('issueBadge.reasonHint') }, (marks) => html`<textarea${marks} rows="2" maxlength="500">\n${reason}</textarea>`)}
        <p class="go"><button>${t('batch.revokeGo')}</button></p>`,
    )}`
}

export function batchList(view: View, batches: readonly Batch[], titles: ReadonlyMap<string, Content>): Content {
  const { t, f, href } = view
  if (batches.length === 0) return nothing
  return html`<section aria-labelledby="batches">
    <h2 id="batches">${t('batch.many')}</h2>
    <ul>
      ${batches.map(
        ({ id, achievement, state, issued, createdAt, period }) =>
          html`<li>
            <a href="${href(batchPath(id))}">${titles.get(achievement) ?? achievement}</a> ·
            ${period && html`<bdi>${period}</bdi> ·`} ${f.time(createdAt)} · ${stateWord(view, state)} · ${t('batch.issuedCount', { count: issued })}
          </li>`,
      )}
    </ul>
  </section>`
}
