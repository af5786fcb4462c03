/** Submitting a record in the name of a country. */
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { offerNationally, retractNationally, submitNationally } from '#house/national/submit.ts'
import { errorsOf, type Errors } from '#house/pages/forms.ts'
import { nationalPage, nationalPath } from '#house/pages/national.ts'
import { read } from '#house/record/operations.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn } from './signed-in.ts'

const address = '/records/:id/national-submission'

export function mountNational(web: Web, asking: Asking) {
  const { askAs, view: viewFor } = asking
  const { page, take: takeForm } = forSignedIn(web, asking)
  async function show(asked: Asked, id: string, typed = '', errors: Errors = new Map()): Promise<Answer> {
    const offer = await askAs(asked.who, offerNationally, { id })
    const record = await askAs(asked.who, read, { id })
    return nationalPage(viewFor(asked), { record, offer, typed, errors })
  }
  page(address, async (asked, { id = '' }) => show(asked, id))

  const take = (path: string, name: string, work: (asked: Asked, id: string, text: string) => Promise<string>) =>
    takeForm(path, async (asked, form, { id = '' }) => {
      const typed = form.get(name) ?? ''
      return orWrong(
        async () => seeOther(viewFor(asked).href(await work(asked, id, typed))),
        (misfits) => show(asked, id, typed, errorsOf(viewFor(asked), misfits, [name])),
      )
    })

  take(address, 'statement', async (asked, id, statement) => {
    const more = statement.trim() && { statement, language: asked.language }
    await askAs(asked.who, submitNationally, { id, ...more })
    return `/records/${id}`
  })
  take(`${address}/retraction`, 'reason', async (asked, id, reason) => {
    await askAs(asked.who, retractNationally, { id, reason })
    return nationalPath(id)
  })
}
