/** Withdrawing a record and bringing it back, for those who may. */
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { may } from '#kernel/permission.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { readMergeNote } from '#records/merged.ts'
import { history, read, restore, withdraw } from '#records/operations.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { restorePage, withdrawPage } from './pages/withdrawing.ts'

const nothingTyped: { reason: string; errors: Errors } = { reason: '', errors: new Map() }
const revisionIn = (form: URLSearchParams) => Number(form.get('revision')) || 1

export function mountWithdrawing(web: Web, pageContext: PageContext) {
  const { askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const expectMay = async ({ who }: HttpRequest, operation: string) => {
    if (!may(who.actor, 'record.withdraw')) await refuse(who, operation)
  }

  const showWithdraw = async (request: HttpRequest, id: string, typed = nothingTyped) =>
    withdrawPage(viewFor(request), await askAs(request.who, read, { id }), typed)

  async function showRestore(request: HttpRequest, id: string, typed = nothingTyped) {
    const { versions } = await askAs(request.who, history, { id })
    const { revision, status, note } = versions[0]!
    const { words, into } = readMergeNote(note)
    if (status !== 'withdrawn') return seeOther(viewFor(request).href(`/records/${id}`))
    return restorePage(viewFor(request), { id, revision, why: words, into: into === id ? undefined : into }, typed)
  }

  page('/records/:id/withdraw', async (request, { id = '' }) => {
    await expectMay(request, withdraw.name)
    return showWithdraw(request, id)
  })
  page('/records/:id/restore', async (request, { id = '' }) => {
    await expectMay(request, restore.name)
    return showRestore(request, id)
  })

  take('/records/:id/withdraw', async (request, form, { id = '' }) => {
    const reason = form.get('reason') ?? ''
    return orWrong(
      async () => {
        await askAs(request.who, withdraw, { id, revision: revisionIn(form), reason })
        return seeOther(viewFor(request).href(`/records/${id}/history`))
      },
      (violations) => showWithdraw(request, id, { reason, errors: errorsOf(viewFor(request), violations, ['reason']) }),
    )
  })
  take('/records/:id/restore', async (request, form, { id = '' }) => {
    const reason = form.get('reason') ?? ''
    return orWrong(
      async () => {
        await askAs(request.who, restore, { id, revision: revisionIn(form), reason })
        return seeOther(viewFor(request).href(`/records/${id}`))
      },
      (violations) => showRestore(request, id, { reason, errors: errorsOf(viewFor(request), violations, ['reason']) }),
    )
  })
}
