/** The desk, and the same page again with what was refused beside an invitation. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import type { Errors } from '#ui/forms.ts'
import type { PageContext } from '#ui/page-context.ts'
import { listInvitations } from './drafts/invitations.ts'
import { queue } from './drafts/queue.ts'
import { readWaiting } from './drafts/waiting.ts'
import { listDrafts } from './drafts/write.ts'
import { deskPage } from './pages/desk.ts'

export const deskOf =
  ({ askAs, askForPart, view: viewFor, slot }: PageContext) =>
  async (request: HttpRequest, errors: Errors = new Map()): Promise<HttpResponse> => {
    const [{ drafts }, { invitations }, waiting, counts] = await Promise.all([
      askAs(request.who, listDrafts, {}),
      askAs(request.who, listInvitations, {}),
      askForPart(request.who, queue, { mine: 'true' }),
      askAs(request.who, readWaiting, {}),
    ])
    return deskPage(viewFor(request), {
      drafts,
      invitations,
      waiting: waiting?.drafts,
      counts,
      more: await slot('desk', request, null),
      errors,
      isDeleted: request.query.get('deleted') === 'true',
    })
  }
