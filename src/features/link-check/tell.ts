/** Who looks after a record is told once when an address in it is broken. */
import type { Services, Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { ownerOf } from '#features/stewardship/stewardship.ts'
import { notify, oneLine, type Notice } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { links } from './store.ts'

const atOnce = 500
const mostNamed = 3
type Broken = { address: string; record: StoredRecord }

/** One email to each, of all that broke. */
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
    const owners = (await people(tx).byIds([...byOwner.keys()])).values()
    const active = [...owners].filter(({ state }) => state === 'active')
    const telling = { ...environment, db: tx, services, actor: { kind: 'system' as const, id: 'links' } }
    for (const { id } of active) await notify(telling, [id], noticeOf(byOwner.get(id)!, services.site))
    return active.length
  })
}

/** Of one record, its page; of several, each with its page, and the list of all of one’s own. */
function noticeOf(broken: readonly Broken[], { address: here }: { address: string }): Notice {
  const byId = new Map(broken.map(({ record }) => [record.id, record]))
  const [first] = byId.values()
  const titleIn = (language: Language, { body }: StoredRecord) =>
    oneLine(bestText(body.title, language, body.originalLanguage).text)
  return {
    about: 'linksBroken',
    topic: 'own',
    path: byId.size === 1 ? `/records/${first!.id}` : '/desk',
    values: (_t, language) => {
      const titles = [...byId.values()].map((record) => titleIn(language, record))
      return { count: broken.length, title: formatsIn(language).listUpTo(titles, mostNamed) }
    },
    lines: (language) =>
      broken.map(({ address, record }) =>
        byId.size === 1
          ? `- ${address}`
          : `- ${titleIn(language, record)}\n${here}/${language}/records/${record.id}\n${address}`,
      ),
  }
}
