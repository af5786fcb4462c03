/** The address at which this node says what it is. */
import { json } from '#kernel/http/api.ts'
import type { Web } from '#kernel/http/server.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { journalHead } from '#kernel/journal.ts'
import { readCheckpoint, readKeys } from '#features/transparency/source.ts'
import { records } from '#records/store.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { interfaces } from './interfaces.ts'
import { jwksOf, manifestPath, type Manifest } from './manifest.ts'
import { presentedBy } from './presented.ts'

export function mountManifest(web: Web, _pages: PageContext, { database, services, version }: Mounted): void {
  web.route('GET', manifestPath, async ({ base }) => json(await manifestAt(base), { keep: false }))

  async function manifestAt(base: string): Promise<Manifest> {
    const [head, keys] = [await readCheckpoint(services.log), await readKeys(services.log)]
    const { names, operator, legalBasis, reviewPolicy, contact } = presentedBy(services)
    return {
      version: 1,
      node: (await records(database.read).nodeId()) ?? 'none',
      address: base,
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
      records: (await records(database.read).counts()).reduce((sum, { count }) => sum + count, 0),
      journal: await journalHead(database.read),
      speaks: interfaces.map(({ title, conformsTo, version: spoken, path }) => ({
        title,
        conformsTo,
        version: spoken,
        address: `${base}${path}`,
      })),
    }
  }
}
