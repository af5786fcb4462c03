/** The addresses of the transparency log: its files as the standard wants them (https://c2sp.org/tlog-tiles), its pages. */
import { taking } from '#kernel/http/asked-names.ts'
import { json } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { openToAll } from '#kernel/http/headers.ts'
import { negotiateType } from '#kernel/http/negotiate.ts'
import type { Web } from '#kernel/http/server.ts'
import type { Services } from '#kernel/context.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { proof, readCheckpointOperation, type ProofAnswer } from './operations.ts'
import { readBundle, readCheckpoint, readKeys, readTile } from './source.ts'
import { logPage } from './pages/log.ts'
import { proofPage } from './pages/proof.ts'
import { history, read } from '#records/operations.ts'
import { encodeBundle, joinHashes, parseTilePath, widthIn } from '#codecs/tlog/tiles.ts'
import type { PageContext } from '#ui/page-context.ts'

const forever = 'public, max-age=31536000, immutable'
const newestShown = 20

const bytes = (
  type: string,
  body: string | Uint8Array,
  caching: string,
  more: Record<string, string> = {},
): HttpResponse => ({
  status: 200,
  headers: { 'content-type': type, 'cache-control': caching, ...openToAll, ...more },
  body,
  keep: false,
})

export function mountLog(
  web: Web,
  { ask, view }: PageContext,
  { log: source, logTrouble }: Pick<Services, 'log' | 'logTrouble'>,
) {
  const absent = (what: string) => noSuch('file', what.slice(0, 100))

  web.route('GET', '/log', async (request) => {
    const isBegun = (await readCheckpoint(source)) !== undefined
    const state = isBegun ? await ask(readCheckpointOperation, { limit: newestShown }) : undefined
    return logPage(view(request), state)
  })
  web.route('GET', '/log/checkpoint', async () => {
    const head = await readCheckpoint(source)
    if (!head) throw logTrouble() ?? absent('checkpoint')
    return bytes('text/plain; charset=utf-8', head.text, 'no-cache')
  })
  web.route('GET', '/log/keys', async () => {
    const keys = await readKeys(source)
    if (!keys) throw logTrouble() ?? absent('keys')
    return json(keys, { keep: false })
  })
  web.route('GET', '/log/tile/*', async (_asked, parameters) => {
    const path = `tile/${parameters['*'] ?? ''}`
    const name = parseTilePath(path)
    const head = name && (await readCheckpoint(source))
    // A narrower tile than there is now was right once; a wider one was never signed.
    if (!name || !head || widthIn(head.size, name) < name.width) throw absent(path)
    const now = widthIn(head.size, name)
    const body =
      name.level === 'entries'
        ? encodeBundle((await readBundle(source, name.n, now)).slice(0, name.width))
        : joinHashes((await readTile(source, { ...name, width: now })).slice(0, name.width))
    return bytes('application/octet-stream', body, forever)
  })

  web.route(
    'GET',
    '/records/:id/proof',
    async (request, { id = '' }) => {
      const answer = await askProof(id, request.query.get('revision'))
      if (negotiateType(request.accept, ['text/html', 'application/json']) === 'application/json')
        return json(answer, { keep: false })
      const newest = await ask(history, { id })
      const record = newest.versions[0]?.status === 'withdrawn' ? undefined : await ask(read, { id })
      return proofPage(view(request), answer, record?.body)
    },
    ofRevision,
  )
  web.route(
    'GET',
    '/records/:id/proof.json',
    async (request, { id = '' }) => {
      const answer = await askProof(id, request.query.get('revision'))
      return json(answer, { keep: false, headers: attached(answer, 'proof.json') })
    },
    ofRevision,
  )
  web.route(
    'GET',
    '/records/:id/proof.tlog-proof',
    async (request, { id = '' }) => {
      const answer = await askProof(id, request.query.get('revision'))
      if (!answer.entered) throw new Problem('notInLog', { id, revision: answer.revision })
      return bytes('text/plain; charset=utf-8', answer.entered.proof, 'no-cache', attached(answer, 'tlog-proof'))
    },
    { ...ofRevision, isFile: true },
  )

  const askProof = async (id: string, revision: string | null): Promise<ProofAnswer> => {
    try {
      return await ask(proof, { id, ...(revision !== null && { revision }) })
    } catch (error) {
      // What cannot be an identifier or a version is one that is not there.
      if (error instanceof Problem && error.code === 'invalid')
        throw new Problem('recordNotFound', { id: id.slice(0, 100) })
      throw error
    }
  }
}

const ofRevision = { takes: taking('revision') }

const attached = ({ record, revision }: ProofAnswer, extension: string) => ({
  'content-disposition': `attachment; filename="${record}-${revision}.${extension}"`,
})
