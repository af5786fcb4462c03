/** What operators do with accounts, what happened to them, and the table of roles. */
import type { Asked, Web } from '#core/web/server.ts'
import { errorsOf } from '#house/pages/forms.ts'
import { auditPage, peoplePage, personPage, rolesPage } from '#house/pages/people.ts'
import { auditTrail } from '#house/people/audit.ts'
import { accounts, manageAccount, readAccount, vouchFor, type AccountLine } from '#house/people/manage.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn, isSignedIn, proofIn, toSignIn } from './signed-in.ts'

const eventsOfOne = 50

export function mountPeople(web: Web, asking: Asking) {
  const { askAs, view: viewFor } = asking
  const { page, take } = forSignedIn(web, asking)
  /** A number of an address; what is none is as if it were not there. */
  const numberIn = (asked: Asked, name: string) => {
    const text = asked.query.get(name) ?? ''
    return /^\d{1,9}$/.test(text) && Number(text) > 0 ? { [name]: text } : {}
  }
  const find = (asked: Asked, id: string) => askAs(asked.who, readAccount, { id: id.slice(0, 16) })
  const isSelf = ({ who: { actor } }: Asked, { id }: AccountLine) => actor.kind === 'person' && actor.id === id
  const trail = (asked: Asked, raw: object) => askAs(asked.who, auditTrail, raw)
  const eventsOf = async (asked: Asked, subject: string) => (await trail(asked, { subject, limit: eventsOfOne })).events

  page('/people', async (asked) => {
    const q = (asked.query.get('q') ?? '').slice(0, 200)
    return peoplePage(viewFor(asked), await askAs(asked.who, accounts, { q, ...numberIn(asked, 'after') }), q)
  })

  page('/people/:id', async (asked, { id = '' }) => {
    const account = await find(asked, id)
    const saved = asked.query.get('saved')
    const told = saved === 'true' ? 'people.saved' : saved === 'vouched' ? 'people.vouched' : undefined
    return personPage(viewFor(asked), account, await eventsOf(asked, account.id), {
      told,
      isSelf: isSelf(asked, account),
    })
  })

  take('/people/:id', async (asked, form, { id = '' }) => {
    const account = await find(asked, id)
    const roles = form.getAll('roles')
    const country = form.get('country') || null
    const isSuspended = form.get('state') === 'suspended'
    return orWrong(
      async () => {
        await askAs(asked.who, manageAccount, { id: account.id, roles, country, isSuspended })
        return seeOther(viewFor(asked).href(`/people/${account.id}?saved=true`))
      },
      async (misfits) => {
        const state = account.state === 'unconfirmed' ? account.state : isSuspended ? 'suspended' : 'active'
        return personPage(viewFor(asked), { ...account, roles, country, state }, await eventsOf(asked, account.id), {
          errors: errorsOf(viewFor(asked), misfits, ['roles', 'country', 'state']),
          isSelf: isSelf(asked, account),
        })
      },
    )
  })

  take('/people/:id/vouch', async (asked, form, { id = '' }) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const given = { id: id.slice(0, 16), ...proofIn(asked, form, 'vouchPassword') }
    const answer = await askAs(asked.who, vouchFor, given)
    if (!('refused' in answer)) return seeOther(viewFor(asked).href(`/people/${id}?saved=vouched`))
    const account = await find(asked, id)
    const errors = new Map([['vouchPassword', viewFor(asked).t(`account.proof.${answer.refused}`)]])
    return personPage(viewFor(asked), account, await eventsOf(asked, account.id), { errors })
  })
  page('/people/:id/vouch', async (asked, { id = '' }) => seeOther(viewFor(asked).href(`/people/${id}`)))

  page('/audit', async (asked) => {
    const { events, next } = await trail(asked, numberIn(asked, 'before'))
    return auditPage(viewFor(asked), events, next)
  })

  web.route('GET', '/roles', async (asked) => rolesPage(viewFor(asked)))
}
