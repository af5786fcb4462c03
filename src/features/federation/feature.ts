import type { Feature } from '#kernel/feature.ts'
import { nothing } from '#kernel/html/html.ts'
import { mountCatalogue } from './catalogue.routes.ts'
import { mountInbox } from './inbox.routes.ts'
import { sendAnswers } from './inbox/answers.ts'
import { listNotifications, receive, settleNotification } from './inbox/operations.ts'
import { answerMigration, inboxMigration } from './inbox/tables.ts'
import { mountManifest } from './manifest.routes.ts'
import { mountPacks } from './packs.routes.ts'
import { mountNetwork } from './network.routes.ts'
import { listNodes, nodeOperations } from './nodes/operations.ts'
import { pullAll } from './nodes/pull.ts'
import { listUntrusted, readKeyOfCopy } from './nodes/revoked-copies.ts'
import { originPart } from './pages/origin.ts'
import { refusedCopies, settleCopy } from './packs/settle.ts'
import { notePack, takeCopies } from './packs/take.ts'
import { copyTimesMigration, federationMigration } from './tables.ts'

const hourMs = 60 * 60_000
const quarterMs = hourMs / 4
const minuteMs = 60_000

/** What this node gives to other nodes and to programs, and takes from them. */
export const federation: Feature = {
  name: 'federation',
  migrations: [federationMigration, inboxMigration, copyTimesMigration, answerMigration],
  operations: [
    takeCopies,
    notePack,
    refusedCopies,
    settleCopy,
    ...nodeOperations,
    readKeyOfCopy,
    listUntrusted,
    receive,
    listNotifications,
    settleNotification,
  ],
  slots: {
    record: async ({ ask, view }, request, record) =>
      record.origin?.chain
        ? originPart(view(request), record, {
            nodes: (await ask(listNodes, {})).nodes,
            revoked: (await ask(readKeyOfCopy, { id: record.id })).revoked,
          })
        : nothing,
  },
  tasks: [{ area: 'cooperation', path: '/network', title: 'network.title', lead: 'network.lead' }],
  routes: [mountCatalogue, mountManifest, mountPacks, mountNetwork, mountInbox],
  jobs: [
    { name: 'network', everyMs: quarterMs, leaseMs: hourMs, apart: true, work: (app) => () => pullAll(app) },
    {
      name: 'inbox-answers',
      everyMs: minuteMs,
      leaseMs: quarterMs,
      apart: true,
      work: (app) => () => sendAnswers(app),
    },
  ],
}
