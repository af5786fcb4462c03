/** The address at which this node says what it is. */
import { json } from '#kernel/http/api.ts'
import type { Web } from '#kernel/http/server.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { manifestHere } from './manifest-here.ts'
import { manifestPath } from './manifest.ts'

export function mountManifest(web: Web, _pages: PageContext, { database, services, version }: Mounted): void {
  web.route('GET', manifestPath, async ({ base }) =>
    json(await manifestHere({ db: database.read, services, version, address: base }), { keep: false }),
  )
}
