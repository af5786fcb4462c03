/** What operators do with accounts, what happened to them, and the table of roles. */
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { auditPage, peoplePage, personPage, rolesPage } from './pages/manage-accounts.ts'
import { auditTrail } from './audit.ts'
import { accounts, manageAccount, readAccount, vouchFor, type AccountLine } from './manage-accounts.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn, isSignedIn, proofIn, toSignIn } from './signed-in.ts'

const eventsOfOne = 50

export function mountPeople(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  /** A number of an address; what is none is as if it were not there. */
  const numberIn = (request: HttpRequest, name: string) => {
    const text = request.query.get(name) ?? ''
    return /^\d{1,9}$/.test(text) && Number(text) > 0 ? { [name]: text } : {}
  }
  const find = (request: HttpRequest, id: string) => askAs(request.who, readAccount, { id: id.slice(0, 16) })
  const isSelf = ({ who: { actor } }: HttpRequest, { id }: AccountLine) => actor.kind === 'person' && actor.id === id
  const trail = (request: HttpRequest, raw: object) => askAs(request.who, auditTrail, raw)
  const eventsOf = async (request: HttpRequest, subject: string) =>
    (await trail(request, { subject, limit: eventsOfOne })).events

  page('/people', async (request) => {
    const q = (request.query.get('q') ?? '').slice(0, 200)
    const told = request.query.get('erased') === 'true' ? ('people.erased' as const) : undefined
    const found = await askAs(request.who, accounts, { q, ...numberIn(request, 'after') })
    return peoplePage(viewFor(request), found, q, told)
  })

  page('/people/:id', async (request, { id = '' }) => {
    const account = await find(request, id)
    const saved = request.query.get('saved')
    const told = saved === 'true' ? 'people.saved' : saved === 'vouched' ? 'people.vouched' : undefined
    return personPage(viewFor(request), account, await eventsOf(request, account.id), {
      told,
      isSelf: isSelf(request, account),
    })
  })

  take('/people/:id', async (request, form, { id = '' }) => {
    const account = await find(request, id)
    const roles = form.getAll('roles')
    const country = form.get('country') || null
    const isSuspended = form.get('state') === 'suspended'
    if (!isSignedIn(request)) return toSignIn(request)
    const again = async (errors: Errors) => {
      const state = account.state === 'unconfirmed' ? account.state : isSuspended ? 'suspended' : 'active'
      const typed = { ...account, roles, country, state }
      const events = await eventsOf(request, account.id)
      return personPage(viewFor(request), typed, events, { errors, isSelf: isSelf(request, account) })
    }
    return orWrong(
      async () => {
        // Whoever has not followed their link yet is asked of neither.
        if (account.state !== 'unconfirmed') chosenIn(form, 'state', ['active', 'suspended'])
        const given = { id: account.id, roles, country, isSuspended, ...proofIn(request, form, 'managePassword') }
        const answer = await askAs(request.who, manageAccount, given)
        if ('refused' in answer)
          return again(new Map([['managePassword', viewFor(request).t(`account.proof.${answer.refused}`)]]))
        return seeOther(viewFor(request).href(`/people/${account.id}?saved=true`))
      },
      (violations) => again(errorsOf(viewFor(request), violations, ['roles', 'country', 'state'])),
    )
  })

  take('/people/:id/vouch', async (request, form, { id = '' }) => {
    if (!isSignedIn(request)) return toSignIn(request)
    const given = { id: id.slice(0, 16), ...proofIn(request, form, 'vouchPassword') }
    const answer = await askAs(request.who, vouchFor, given)
    if (!('refused' in answer)) return seeOther(viewFor(request).href(`/people/${id}?saved=vouched`))
    const account = await find(request, id)
    const errors = new Map([['vouchPassword', viewFor(request).t(`account.proof.${answer.refused}`)]])
    return personPage(viewFor(request), account, await eventsOf(request, account.id), { errors })
  })
  page('/people/:id/vouch', async (request, { id = '' }) => seeOther(viewFor(request).href(`/people/${id}`)))

  page('/audit', async (request) => {
    const { events, next } = await trail(request, numberIn(request, 'before'))
    return auditPage(viewFor(request), events, next)
  })

  web.route('GET', '/roles', async (request) => rolesPage(viewFor(request)))
}
