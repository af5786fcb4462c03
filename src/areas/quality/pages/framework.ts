import { html, nothing, type Content } from '#kernel/html/html.ts'
import { recordPath } from '#ui/cards.ts'
import { textOf, type View } from '#ui/view.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { partOf } from '#ui/record-part.ts'
import { competency, framework } from '../framework.ts'

type Statement = StoredRecord<BodyOf<typeof competency>>

const deepest = 6

/** The statements as a tree; what is not in the gathered ones is reached through its parent. */
const outline = (view: View, parent: string | undefined, statements: readonly Statement[], depth: number): Content => {
  const within = statements.filter(({ body }) => body.parent === parent)
  if (within.length === 0 || depth > deepest) return nothing
  return html`<ul>
    ${within.map((one) => html`<li><a href="${view.href(recordPath(one.id))}">${one.body.code !== undefined && html`<bdi>${one.body.code}</bdi> `}${textOf(view, one.body.title, one.body.originalLanguage)}</a>${outline(view, one.id, statements, depth + 1)}</li>`)}
  </ul>`
}

export const frameworkPart = partOf(framework, {
  gathers: { rel: 'framework', limit: 80 },
  show: (view, record, statements) =>
    html`<section>
      <h2>${view.t('record.outline')}</h2>
      ${outline(view, undefined, statements.filter(isOf(competency)), 0)}
      <p>
        <a href="${view.href(`/search?linked=framework:${record.id}&sort=oldest`)}"
          >${view.t('record.allStatements')}</a
        >
      </p>
    </section>`,
})

export const competencyPart = partOf(competency, {
  gathers: { rel: 'parent', limit: 100 },
  show: (view, _record, parts) =>
    parts.length
      ? html`<section>
          <h2>${view.t('link.parent')}</h2>
          <ul class="links">
            ${parts.map((one) => html`<li><a href="${view.href(recordPath(one.id))}">${textOf(view, one.body.title, one.body.originalLanguage)}</a></li>`)}
          </ul>
        </section>`
      : nothing,
})
