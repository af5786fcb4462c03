/** On the pages of organisations that they are verified issuers, and of achievements the way to issue them. */
import { html, nothing } from '#kernel/html/html.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { StoredRecord } from '#records/record.ts'
import type { Fill } from '#ui/mounting.ts'
import { issuersOf } from './batches.routes.ts'
import { endorsable, listEndorsements } from './endorsements/endorsements.ts'
import { endorsementPart, endorsePath } from './pages/endorse.ts'
import { listIssuers, readIssuer } from './issuers/issuers.ts'
import { awardPath } from './pages/batch.ts'
import { settingPath } from './pages/completion.ts'
import { issuerPath } from './pages/issuer.ts'

export const issuerSlot: Fill<'record'> = async ({ ask, askForPart, view: viewFor }, request, record: StoredRecord) => {
  // Nothing is issued or endorsed in the name of what is not real.
  if (isDemonstration(record)) return nothing
  const view = viewFor(request)
  const { t, f, href, session } = view
  if (record.kind === 'organisation') {
    const { since } = await ask(readIssuer, { id: record.id })
    const mayVerify = session?.roles.some((role) => role === 'curator' || role === 'operator')
    if (!since && !mayVerify) return nothing
    return html`<p>
      ${since && t('issuer.since', { date: f.day(since.slice(0, 10)) })}
      ${mayVerify && html`<a href="${href(issuerPath(record.id))}">${t('issuer.link')}</a>`}
    </p>`
  }
  if (record.kind !== 'achievement' || !session) return nothing
  const mine = await askForPart(request.who, listIssuers, {})
  if (!mine || issuersOf(record, mine).length === 0) return nothing
  return html`<p><a class="button" href="${href(awardPath(record.id))}">${t('award.link')}</a></p>
    <p><a href="${href(settingPath(record.id))}">${t('completion.settingLink')}</a></p>`
}

/** On the pages of achievements and organisations: who endorses them, and the way to endorse them. */
export const endorsementSlot: Fill<'record'> = async (
  { ask, askForPart, view: viewFor },
  request,
  record: StoredRecord,
) => {
  if (!endorsable.has(record.kind) || isDemonstration(record)) return nothing
  const view = viewFor(request)
  const mine = view.session ? await askForPart(request.who, listIssuers, {}) : undefined
  const organisations = new Set([...(mine?.isCurator ? [''] : []), ...(mine?.issuers ?? []).map(({ id }) => id)])
  const { endorsements } = await ask(listEndorsements, { target: record.id })
  return html`${endorsementPart(view, endorsements, (organisation) => organisations.has(organisation))}
  ${organisations.size > 0 && html`<p><a href="${view.href(endorsePath(record.id))}">${view.t('endorse.link')}</a></p>`}`
}
