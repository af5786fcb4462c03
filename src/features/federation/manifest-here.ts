/** The manifest of this node, as it is now. */
import type { Kysely } from 'kysely'
import type { Services } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { journalHead } from '#kernel/journal.ts'
import { readCheckpoint, readKeys } from '#features/transparency/source.ts'
import { records } from '#records/store.ts'
import { interfaces } from './interfaces.ts'
import { jwksOf, type Manifest } from './manifest.ts'
import { presentedBy } from './presented.ts'

type Here = { db: Kysely<unknown>; services: Services; version: string; address: string }

export async function manifestHere({ db, services, version, address }: Here): Promise<Manifest> {
  const [head, keys] = [await readCheckpoint(services.log), await readKeys(services.log)]
  const { names, operator, legalBasis, reviewPolicy, contact } = presentedBy(services)
  return {
    version: 1,
    node: (await records(db).nodeId()) ?? 'none',
    address,
    software: { name: 'Qingdao', version },
    name: names,
    operator: operator ?? null,
    legalBasis: legalBasis ?? null,
    reviewPolicy: reviewPolicy ?? null,
    languages: [...languages],
    contact: { ...(contact.email && { email: contact.email }), ...(contact.url && { url: contact.url }) },
    keys: keys?.keys ?? [],
    jwks: jwksOf(keys ?? { keys: [] }),
    log: head ? { origin: head.origin, checkpoint: head.text } : null,
    records: (await records(db).counts()).reduce((sum, { count }) => sum + count, 0),
    journal: await journalHead(db),
    speaks: interfaces.map(({ title, conformsTo, version: spoken, path }) => ({
      title,
      conformsTo,
      version: spoken,
      address: `${address}${path}`,
    })),
  }
}
