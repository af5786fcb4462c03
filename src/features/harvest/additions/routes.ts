/** The addresses of what this site adds to records of others, and its part of their pages. */
import { may } from '#kernel/permission.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { read } from '#records/operations.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import { errorsOf } from '#ui/forms.ts'
import type { Fill } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { addAddition, listAdditions, removeAddition } from './operations.ts'
import {
  additionFields,
  additionsPage,
  additionsPart,
  additionsPath,
  type Shown,
  type TypedAddition,
} from '../pages/additions.ts'

async function shownOf(
  { askAs, namesOf }: Pick<PageContext, 'askAs' | 'namesOf'>,
  request: HttpRequest,
  id: string,
): Promise<Shown[]> {
  const { additions } = await askAs(request.who, listAdditions, { id })
  return Promise.all(
    additions.map(async (one) => ({ ...one, by: one.byId ? ((await namesOf([one.byId]))[0] ?? '') : '' })),
  )
}

export const additionsOnRecord: Fill<'record'> = async (pageContext, request, record) =>
  record.origin === null
    ? ''
    : additionsPart(
        pageContext.view(request),
        record.id,
        await shownOf(pageContext, request, record.id),
        may(request.who.actor, 'record.publish'),
      )

export function mountAdditions(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor, refuse } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  page('/records/:id/additions', async (request, { id = '' }) => {
    const record = await askAs(request.who, read, { id })
    if (!may(request.who.actor, 'record.publish')) return refuse(request.who, addAddition.name)
    return additionsPage(viewFor(request), record, await shownOf(pageContext, request, id))
  })
  take('/records/:id/additions', async (request, form, { id = '' }) => {
    const typed: TypedAddition = Object.fromEntries(additionFields.map((name) => [name, form.get(name) ?? '']))
    return orWrong(
      async () => {
        await askAs(request.who, addAddition, {
          id,
          language: request.language,
          note: (typed.note ?? '').replaceAll('\r\n', '\n'),
          keywords: (typed.keywords ?? '').split(/[,،;、，\n]/).flatMap((word) => word.trim() || []),
        })
        return seeOther(`${viewFor(request).href(`/records/${id}`)}#additions`)
      },
      async (violations) =>
        additionsPage(
          viewFor(request),
          await askAs(request.who, read, { id }),
          await shownOf(pageContext, request, id),
          typed,
          errorsOf(viewFor(request), violations, additionFields),
        ),
    )
  })
  take('/records/:id/additions/:addition/remove', async (request, _form, { id = '', addition = '' }) => {
    await askAs(request.who, removeAddition, { id, addition })
    return seeOther(viewFor(request).href(additionsPath(id)))
  })
}
