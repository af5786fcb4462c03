/** The addresses at which other nodes fetch records: packs, and single records as they were signed. */
import { taking } from '#kernel/http/asked-names.ts'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { json } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { Web } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { records } from '#records/store.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { isHeldBack, placeIn, signedHere, travels } from './packs/give.ts'
import { packHere } from './packs/write.ts'
import type { SignedRecord } from './signed-record.ts'
import { federated } from './store.ts'

const mostAtOnce = 500

export function mountPacks(web: Web, _pages: PageContext, mounted: Mounted): void {
  const { services, dataDir, version, environment, report } = mounted
  const db = mounted.database.read

  web.route(
    'GET',
    '/packs',
    async ({ query, base }) => {
      const wanted = placeIn(query.get('limit') ?? undefined) || mostAtOnce
      const { text } = await packHere(
        { db, services, dataDir, version, address: base, now: environment.now },
        {
          after: placeIn(query.get('after') ?? undefined),
          kinds: query.get('kinds')?.split(',').slice(0, 100),
          sources: query.get('sources') === 'true',
          for: query.get('for')?.slice(0, 100),
          limit: Math.min(mostAtOnce, wanted),
        },
      )
      const lines = Readable.from(text)
      const body = lines.pipe(createGzip())
      // What fails half-way ends without a footer, so that nobody takes it for whole.
      lines.on('error', (error) => {
        report(error, 'packs')
        body.destroy(error)
      })
      body.on('close', () => lines.destroy())
      return {
        status: 200,
        headers: {
          'content-type': 'application/gzip',
          'content-disposition': 'attachment; filename="pack.jsonl.gz"',
          'cache-control': 'no-store',
          ...openToAll,
        },
        body,
        keep: false,
      }
    },
    { takes: taking('limit', 'after', 'kinds', 'sources', 'for'), isFile: true },
  )

  web.route('GET', '/records/:id/signed.json', async (_asked, { id = '' }) => {
    const record = await records(db).find(id)
    if (!record || !travels(services.kinds.get(record.kind)) || isDemonstration(record))
      throw new Problem('recordNotFound', { id: id.slice(0, 100) })
    const copy = (await federated(db).copies([id])).get(id)
    if (copy && isHeldBack(record, copy))
      throw new Problem('withdrawn', { id, reason: record.note ?? '', at: record.changedAt })
    const node = (await records(db).nodeId()) ?? 'none'
    const signed: SignedRecord = copy
      ? (JSON.parse(copy.document) as SignedRecord)
      : await signedHere({ db, services, dataDir, node }, record)
    return json(signed, {
      keep: false,
      headers: { 'content-disposition': `attachment; filename="${id}.signed.json"` },
    })
  })
}
