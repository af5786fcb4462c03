/** The API for people: every operation with its input and answer, made from the definitions. */
import type { TSchema } from 'typebox'
import { html, nothing, type Content } from '#kernel/html/html.ts'
import type { AnyOperation } from '#kernel/operation.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { crumbs, page } from '#ui/layout.ts'
import { inLanguage, withCode, type View } from '#ui/view.ts'

/** What an operation is about: `practices` of `practices.read`. The one without a dot is a group of its own. */
const groupOf = ({ name }: AnyOperation) => name.split('.')[0]!
const reference = '/api/reference'

/** All operations by group, each by its short name; what each does stands on the page of its group. */
export function apiPage(view: View, operations: readonly AnyOperation[]): HttpResponse {
  const { t } = view
  const groups = Map.groupBy(operations, groupOf)
  return page(view, {
    title: t('nav.api'),
    description: t('api.lead'),
    main: html`<div class="prose">
        <h1>${t('nav.api')}</h1>
        <p class="lead">${t('api.lead')}</p>
        <p><a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
        <pre tabindex="0"><code>curl '${view.absolute('/api/search?q=radio&limit=5')}'
curl -H 'Accept: application/ld+json' '${view.absolute('/records/…')}'</code></pre>
        <p>${withCode(t('api.how'))}</p>
      </div>
      <h2 id="operations">${t('api.operations')}</h2>
      <table aria-labelledby="operations">
        <tbody>
          ${[...groups].map(([group, members]) => groupRow(view, group, members))}
        </tbody>
      </table>`,
  })
}

function groupRow({ href }: View, group: string, members: readonly AnyOperation[]): Content {
  const links = members.map((op) => html`<li><a href="${href(`${reference}/${op.name}`)}">${shortName(op)}</a></li>`)
  return html`<tr>
    <th scope="row" id="${group}"><a href="${href(`${reference}/${group}`)}">${group}</a></th>
    <td>
      <ul class="byline">
        ${links}
      </ul>
    </td>
  </tr>`
}

const shortName = ({ name }: AnyOperation) => name.split('.').slice(1).join('.') || name

/** The operations of one group, each with its address and what it does. */
export function operationGroupPage(view: View, group: string, operations: readonly AnyOperation[]): HttpResponse {
  const members = operations.filter((op) => groupOf(op) === group)
  const item = ({ name, http, summary }: AnyOperation) =>
    html`<li>
      <a href="${view.href(`${reference}/${name}`)}"><code>${http.replace(' ', ' /api')}</code></a>
      ${inLanguage(view, summary, 'en')}
    </li>`
  return page(view, {
    title: group,
    description: view.t('api.lead'),
    main: html`${crumbs(view, [{ name: view.t('nav.api'), path: '/api' }])}
      <h1>${group}</h1>
      <ul>
        ${members.map(item)}
      </ul>`,
  })
}

export function operationPage(view: View, op: AnyOperation): HttpResponse {
  const { t } = view
  return page(view, {
    title: op.name,
    description: op.summary,
    main: html`${crumbs(view, [
      { name: t('nav.api'), path: '/api' },
      { name: groupOf(op), path: `${reference}/${groupOf(op)}` },
    ])}
      <h1><code>${op.name}</code></h1>
      <p class="lead">${inLanguage(view, op.summary, 'en')}</p>
      <p><code>${op.http.replace(' ', ' /api')}</code></p>
      <p><code>qingdao ${op.name.replace('.', ' ')}</code></p>
      <h2 id="input">${t('api.input')}</h2>
      ${schemaTable(view, op.input, 'input')}
      <h2 id="output">${t('api.output')}</h2>
      ${schemaTable(view, op.output, 'output')}`,
  })
}

type Shape = TSchema & {
  type?: string
  properties?: Record<string, Shape>
  items?: Shape
  required?: string[]
  description?: string
  enum?: unknown[]
  anyOf?: Shape[]
  const?: unknown
  default?: unknown
  'x-field'?: { vocabulary?: string; type: string }
}

const typeOf = (shape: Shape): string =>
  shape.enum
    ? shape.enum.join(' | ')
    : shape.const !== undefined
      ? JSON.stringify(shape.const)
      : shape.anyOf
        ? shape.anyOf.map(typeOf).join(' | ')
        : shape.items
          ? `[ ${typeOf(shape.items)} ]`
          : (shape.type ?? 'any')

function rowsOf(view: View, shape: Shape, prefix: string, depth: number): Content {
  const inner = shape.items ?? shape
  if (!inner.properties || depth > 2) return nothing
  return Object.entries(inner.properties).map(([name, one]) => {
    const list = (one.items ?? one)['x-field']?.vocabulary
    return html`<tr>
        <th scope="row"><code>${prefix}${name}</code></th>
        <td><code>${typeOf(one)}</code></td>
        <td>${inner.required?.includes(name) ? view.t('api.required') : nothing}</td>
        <td>
          ${one.description && inLanguage(view, one.description, 'en')}${list && html` <a href="${view.href(`/vocabularies/${list}`)}">${list}</a>`}${one.default !== undefined && html` = <code>${JSON.stringify(one.default)}</code>`}
        </td>
      </tr>
      ${rowsOf(view, one, `${prefix}${name}.`, depth + 1)}`
  })
}

const schemaTable = (view: View, shape: TSchema, heading: string) =>
  html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${heading}">
    <table>
      <thead>
        <tr>
          <th scope="col">${view.t('api.name')}</th>
          <th scope="col">${view.t('api.type')}</th>
          <th scope="col">${view.t('api.needed')}</th>
          <th scope="col">${view.t('api.meaning')}</th>
        </tr>
      </thead>
      <tbody>
        ${rowsOf(view, shape as Shape, '', 0)}
      </tbody>
    </table>
  </div>`
