/** One source that is harvested: how far it is, what was refused, what means what, how often. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { errorSummary, field, form, input, press, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { noteWords, problemWords } from '#ui/problem-words.ts'
import type { View } from '#ui/view.ts'
import { mappedFields, type HarvestLine, type Refused, type Unmapped } from '../shapes.ts'
import { harvestPath, rhythmField, stateOf } from './harvests.ts'

export const mapFields = ['field', 'value', 'term'] as const
export type TypedMap = Partial<Record<(typeof mapFields)[number], string>>
/** Characters of a record that stand on the page among others; a longer one is opened alone. */
const mostShown = 4_000
/** A record that is being corrected; `bytes`: as somebody wrote them, where that was wrong. */
export type Mended = { identifier: string; bytes?: string }
const secondsBetweenLooks = 3
const isMapped = (field: string): boolean => (mappedFields as readonly string[]).includes(field)

type Parts = {
  source: HarvestLine
  refused: readonly Omit<Refused, 'source'>[]
  next: string | null
  unmapped: readonly Omit<Unmapped, 'source'>[]
  typed: TypedMap
  errors: Errors
  mended?: Mended
}

export function harvestPage(
  view: View,
  { source, refused, next, unmapped, typed, errors, mended }: Parts,
): HttpResponse {
  const { t, f, href } = view
  const { name, title, address, settings, isPaused, lastAt, progress, problem } = source
  const at = (more: string) => `${harvestPath(name)}/${more}`
  const labels = {
    field: t('harvest.field'),
    value: t('harvest.value'),
    term: t('harvest.term'),
    everyHours: t('harvest.every'),
    bytes: t('harvest.mend'),
  }
  const answer = page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('nav.desk'), path: '/desk' },
      { name: t('harvest.title'), path: '/harvest' },
    ])}
      <h1><bdi>${title}</bdi></h1>
      ${errorSummary(view, errors, (one) => labels[one as keyof typeof labels] ?? one)}
      <p class="lead" role="status">${t(stateOf(source))}${progress && html`${view.f.colon}${t('harvest.progress', { pages: progress.pages, records: progress.counts.read })}${progress.size !== undefined && html` / ${f.number(progress.size)}`}`}</p>
      ${problem && problemPart(view, problem)} ${problem?.code === 'mostIsGone' && !progress && press(view, at('run'), t('harvest.acceptLosses'), { acceptLosses: 'yes' })}
      <dl class="facts">
        <div><dt>${t('harvest.address')}</dt><dd><bdi class="long" dir="ltr">${address}</bdi></dd></div>
        <div><dt>${t('harvest.kind')}</dt><dd>${t(`harvest.input.${settings.input}`)}</dd></div>
        ${settings.input === 'oai-pmh' && html`<div><dt>${t('harvest.format')}</dt><dd><bdi dir="ltr">${settings.prefix}</bdi></dd></div>`}
        ${settings.set && html`<div><dt>${t('harvest.set')}</dt><dd><bdi dir="ltr">${settings.set}</bdi></dd></div>`}
        <div><dt>${t('harvest.last')}</dt><dd>${lastAt ? f.time(lastAt) : t('harvest.never')}</dd></div>
      </dl>
      <div class="actions">${press(view, at('run'), t('harvest.run'))} ${press(view, at('pause'), t(isPaused ? 'harvest.resume' : 'harvest.pause'), { paused: isPaused ? '' : 'yes' })}</div>
      <p><a href="${href(`/sources/${name}`)}">${t('harvest.history')}</a> · <a href="${href(`/search?collection=${name}`)}">${t('harvest.records')}</a></p>
      <div class="narrow">${form(view, at('rhythm'), html`${rhythmField(view, String(settings.everyHours), errors)}<button class="quiet">${t('harvest.save')}</button>`)}</div>
      ${refused.length > 0 && refusedPart(view, source, refused, next, { errors, ...(mended && { mended }) })} ${unmapped.length > 0 && unmappedPart(view, name, unmapped)}
      <div class="narrow">
        <h2 id="map">${t('harvest.map')}</h2>
        <p>${t('harvest.mapLead')}</p>
        ${form(
          view,
          at('mapping'),
          html`${select(view, { name: 'field', label: labels.field, errors, value: typed.field ?? 'type', choices: mappedFields.map((one) => ({ value: one, label: t(`harvest.field.${one}`) })) })}
            ${input(view, { name: 'value', label: labels.value, value: typed.value ?? '', max: 300, errors })}
            ${input(view, { name: 'term', isRequired: false, label: labels.term, hint: t('harvest.termHint'), value: typed.term ?? '', max: 300, errors })}
            <button>${t('harvest.save')}</button>`,
        )}
        <p><a href="${href(at('remove'))}">${t('harvest.remove')}</a></p>
      </div>`,
  })
  return progress ? { ...answer, headers: { ...answer.headers, refresh: String(secondsBetweenLooks) } } : answer
}

function problemPart(view: View, problem: NonNullable<HarvestLine['problem']>): Html {
  const { title, detail, next } = problemWords(view, problem as never)
  return html`<p class="warning">${title}${view.f.stop}${detail} ${next}</p>`
}

function refusedPart(
  view: View,
  { name, refused: count }: HarvestLine,
  refused: Parts['refused'],
  next: string | null,
  { errors, mended }: Pick<Parts, 'errors' | 'mended'>,
): Html {
  const { t, f, href } = view
  const at = (more: string) => `${harvestPath(name)}/${more}`
  return html`<h2 id="refused">${t('harvest.refused')}</h2>
    <p>${f.sentences(t('harvest.refusedCount', { count }), t('harvest.refusedLead'))}</p>
    <ul class="plain cards">
      ${refused.map(
        ({ identifier, code, values, bytes }) =>
          html`<li class="card">
            <h3><bdi class="long" dir="ltr">${identifier}</bdi></h3>
            <p>${noteWords(view, code, values)}</p>
            ${bytes && html`<details${identifier === mended?.identifier && html` open`}><summary>${t('harvest.bytes')}</summary>${mendPart(view, at('retry'), identifier === mended?.identifier ? { identifier, bytes: mended.bytes ?? bytes, errors } : { identifier, bytes })}</details>`}
            <div class="actions">${press(view, at('retry'), t('harvest.retry'), { identifier })} ${press(view, at('dismiss'), t('harvest.dismiss'), { identifier })}</div>
          </li>`,
      )}
    </ul>
    ${next !== null && html`<p><a class="button" rel="next" href="${href(`${harvestPath(name)}?after=${encodeURIComponent(next)}#refused`)}">${t('search.next')}</a></p>`}`
}

/** The bytes as they came, to be corrected beside the reason; too long ones can only be seen. */
function mendPart(
  view: View,
  path: string,
  { identifier, bytes, errors }: Required<Mended> & { errors?: Errors },
): Html {
  const { t } = view
  if (bytes.length > mostShown && !errors)
    return html`<pre class="long" dir="ltr">${bytes.slice(0, mostShown)}</pre>
      <p><a href="${view.href(`${path.replace(/\/retry$/, '')}?mend=${encodeURIComponent(identifier)}`)}#f-bytes">${t('harvest.mend')}</a></p>`
  const rows = Math.min(20, Math.max(5, bytes.split('\n').length + 1))
  return form(
    view,
    path,
    html`<input type="hidden" name="identifier" value="${identifier}" />${field(
      view,
      {
        name: 'bytes',
        ...(!errors && { part: identifier }),
        label: t('harvest.mend'),
        hint: t('harvest.mendHint'),
        errors: errors ?? new Map(),
      },
      (marks) => html`<textarea${marks} rows="${rows}" dir="ltr" spellcheck="false">\n${bytes}</textarea>`,
    )}<button class="quiet">${t('harvest.mendAndRetry')}</button>`,
  )
}

function unmappedPart(view: View, name: string, unmapped: Parts['unmapped']): Html {
  const { t, f, href } = view
  /** The form below, with the value filled in; names of fields that have no form are only told. */
  const valueOf = (field: string, value: string): Content =>
    isMapped(field)
      ? html`<a href="${href(`${harvestPath(name)}?${new URLSearchParams({ field, value })}#map`)}" rel="nofollow"><bdi class="long">${value}</bdi></a>`
      : html`<bdi class="long">${value}</bdi>`
  return html`<h2 id="unmapped">${t('harvest.unmapped')}</h2>
    <div class="wide" role="region" tabindex="0" aria-label="${t('harvest.unmapped')}">
      <table>
        <thead>
          <tr><th scope="col">${t('harvest.value')}</th><th scope="col">${t('harvest.field')}</th><th scope="col" class="amount">${t('harvest.count')}</th></tr>
        </thead>
        <tbody>
          ${unmapped.map(({ field, value, count }) => html`<tr><th scope="row">${valueOf(field, value)}</th><td>${wordsOr(t, `harvest.field.${field}`, field)}</td><td class="amount">${f.number(count)}</td></tr>`)}
        </tbody>
      </table>
    </div>`
}
