/** The inbox, which each page of a record names in its `Link` header (Linked Data Notifications, W3C Recommendation). */
import { oneOf, taking } from '#kernel/http/asked-names.ts'
import { json } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpRequest } from '#kernel/http/request.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import { may } from '#kernel/permission.ts'
import { expectFew } from '#accounts/rate-limit.ts'
import { forSignedIn, isSignedIn, toSignIn } from '#accounts/signed-in.ts'
import { seeOther } from '#ui/form-post.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { announce } from './inbox/announcements.ts'
import { listMade, takeBack } from './inbox/made.ts'
import { listNotifications, receive, receiveUndo, settleNotification } from './inbox/operations.ts'
import { isUndo } from './inbox/payload.ts'
import { notificationStates } from './inbox/tables.ts'
import { announcedPage, inboxAddress, inboxPage, type InboxPart } from './pages/inbox.ts'

export function mountInbox(web: Web, pageContext: PageContext, { database, environment: { now } }: Mounted): void {
  const { askAs, refuse, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)

  web.route('POST', '/inbox', async ({ base, remote, headers }, _parameters, body) => {
    if (!/^application\/(?:ld\+)?json\b/i.test(headers['content-type'] ?? '')) throw new Problem('unsupportedMediaType')
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('malformedJson')
    await expectFew(database, 'notificationsFrom', remote, now())
    const anyone = { actor: { kind: 'anyone' }, by: 'nothing' } as const
    const payload = body as Record<string, unknown>
    const { id } = isUndo(payload)
      ? await askAs(anyone, receiveUndo, { payload })
      : await askAs(anyone, receive, { payload, base })
    const location = `${base}/inbox/${id}`
    return {
      ...json({}, { keep: false }),
      status: 201,
      headers: { ...openToAll, location, 'cache-control': 'no-store' },
      body: '',
    }
  })
  web.route(
    'GET',
    '/inbox',
    async (request) => {
      if (asksForListing(request)) return listing(`${request.base}/inbox`)
      if (!isSignedIn(request)) return toSignIn(request)
      if (!may(request.who.actor, 'record.publish')) await refuse(request.who, listNotifications.name)
      const part = partOf((name) => request.query.get(name === 'show' ? 'state' : name))
      const { state, after } = part
      const list = await askAs(request.who, listNotifications, { after, ...(state && { state }) })
      return inboxPage(viewFor(request), list, part)
    },
    { takes: { ...taking('after'), state: oneOf(notificationStates) } },
  )
  take('/inbox/:id/settle', async (request, fields, { id }) => {
    await askAs(request.who, settleNotification, { id, state: fields.get('state') ?? '' })
    return seeOther(viewFor(request).href(inboxAddress(partOf((name) => fields.get(name)))))
  })
  web.route(
    'GET',
    '/inbox/announced',
    async (request) => {
      if (!isSignedIn(request)) return toSignIn(request)
      if (!may(request.who.actor, 'record.publish')) await refuse(request.who, listMade.name)
      const after = placeIn(request.query.get('after'))
      return announcedPage(viewFor(request), await askAs(request.who, listMade, { after }))
    },
    { takes: taking('after') },
  )
  take('/inbox/announced/:id/undo', async (request, _fields, { id }) => {
    await askAs(request.who, takeBack, { id })
    return seeOther(viewFor(request).href('/inbox/announced'))
  })
  take('/records/:id/announce', async (request, fields, { id }) => {
    const undone = fields.get('undo') ?? ''
    const asked = fields.get('request') ?? ''
    if (undone) await askAs(request.who, takeBack, { id: undone })
    else await askAs(request.who, announce, { id, ...(asked && { request: asked }) })
    return seeOther(`${viewFor(request).href(`/records/${id}`)}#announce`)
  })
}

/** Which part of the list is shown, in the address and back to it. */
function partOf(given: (name: 'show' | 'after') => string | null | undefined): InboxPart {
  const shown = given('show')
  return { state: notificationStates.find((one) => one === shown) ?? '', after: placeIn(given('after')) }
}
const placeIn = (given: string | null | undefined) => (given ?? '').slice(0, 100)

/** A browser names HTML among what it accepts; a consumer of LDN (§3.3.2) does not. */
const asksForListing = ({ headers: { accept = '' } }: Pick<HttpRequest, 'headers'>) =>
  /application\/(?:ld\+)?json/i.test(accept) && !/text\/html/i.test(accept)

/** What came is neither checked nor public, so the list of it that LDN asks for is empty. */
const listing = (address: string): HttpResponse => {
  const container = { '@context': 'http://www.w3.org/ns/ldp', '@id': address, '@type': 'Container', contains: [] }
  const answer = json(container, { keep: false })
  return { ...answer, headers: { ...answer.headers, ...openToAll, 'content-type': 'application/ld+json' } }
}
