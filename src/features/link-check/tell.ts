/** Who looks after a record is told once when an address in it is broken. */
import type { Services, Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { bestText, isLanguage } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { post } from '#kernel/mail/mail.ts'
import { ownerOf } from '#features/stewardship/stewardship.ts'
import { people } from '#accounts/store.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { links } from './store.ts'

const atOnce = 500
const longestTitle = 120
type Broken = { address: string; record: StoredRecord }

/** One letter to each, of all that broke. */
export async function tellOwners({
  database,
  environment,
  services,
}: {
  database: Database
  environment: Environment
  services: Services
}): Promise<number> {
  return database.write(async (tx) => {
    const untold = await links(tx).untold(atOnce)
    const found = await records(tx).byNumbers([...new Set(untold.map(({ number }) => number))])
    const byNumber = new Map(found.map((record) => [record.number, record]))
    const byOwner = new Map<string, Broken[]>()
    for (const { address, number } of untold) {
      const record = byNumber.get(number)
      const owner = record && (await ownerOf(tx, record.id))
      if (owner) byOwner.set(owner, [...(byOwner.get(owner) ?? []), { address, record }])
    }
    const at = environment.now()
    await links(tx).told([...new Set(untold.map(({ address }) => address))], at.toISOString())
    let letters = 0
    for (const [id, account] of await people(tx).byIds([...byOwner.keys()])) {
      if (account.state !== 'active') continue
      await post(tx, letterOf(account, byOwner.get(id)!, services.site), at)
      letters++
    }
    return letters
  })
}

function letterOf(
  { email, language, name }: { email: string; language: string; name: string },
  broken: readonly Broken[],
  site: { name: string; address: string },
) {
  const spoken = isLanguage(language) ? language : 'en'
  const t = messagesIn(spoken)
  const values = { site: site.name, name, count: broken.length }
  const lines = broken.map(({ address, record: { id, body } }) => {
    const title = bestText(body.title, spoken, body.originalLanguage)
      .text.replaceAll(/\s+/g, ' ')
      .slice(0, longestTitle)
    return `- ${title}\n  ${site.address}/${spoken}/records/${id}\n  ${address}`
  })
  return {
    to: email,
    language: spoken,
    subject: t('mail.links.subject', values),
    text: `${t('mail.greeting', values)}\n\n${t('mail.links.text', values)}\n\n${lines.join('\n\n')}\n\n${t('mail.end', values)}\n`,
  }
}
