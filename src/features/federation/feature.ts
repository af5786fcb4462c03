import type { Feature } from '#kernel/feature.ts'
import { html } from '#kernel/html/html.ts'
import { may } from '#kernel/permission.ts'
import { mountCatalogue } from './catalogue.routes.ts'
import { mountInbox } from './inbox.routes.ts'
import { announce, canBeAnnounced, listAnnouncements } from './inbox/announcements.ts'
import { sendAnswers } from './inbox/answers.ts'
import { listMade, takeBack, takeBackAll } from './inbox/made.ts'
import { listNotifications, receive, receiveUndo, settleNotification, toldElsewhere } from './inbox/operations.ts'
import {
  announcementMigration,
  answerMigration,
  inboxMigration,
  orderMigration,
  undoMigration,
} from './inbox/tables.ts'
import { mountManifest } from './manifest.routes.ts'
import { mountPacks } from './packs.routes.ts'
import { mountNetwork } from './network.routes.ts'
import { listNodes, nodeOperations } from './nodes/operations.ts'
import { pullAll } from './nodes/pull.ts'
import { removeNode, withdrawLeft, withdrawSome } from './nodes/removing.ts'
import { listCountedReviews } from './nodes/counted-reviews.ts'
import { listUntrusted, readKeyOfCopy } from './nodes/revoked-copies.ts'
import { announcePart } from './pages/announce.ts'
import { countedReviewsPart } from './pages/counted-reviews.ts'
import { originPart } from './pages/origin.ts'
import { toldElsewherePart } from './pages/told-elsewhere.ts'
import { refusedCopies, settleCopy } from './packs/settle.ts'
import { notePack, takeCopies } from './packs/take.ts'
import { copyTimesMigration, federationMigration, removalMigration, reviewChoiceMigration } from './tables.ts'

const hourMs = 60 * 60_000
const quarterMs = hourMs / 4
const minuteMs = 60_000

/** What this node gives to other nodes and to programs, and takes from them. */
export const federation: Feature = {
  name: 'federation',
  migrations: [
    federationMigration,
    inboxMigration,
    copyTimesMigration,
    answerMigration,
    announcementMigration,
    undoMigration,
    orderMigration,
    reviewChoiceMigration,
    removalMigration,
  ],
  operations: [
    takeCopies,
    notePack,
    refusedCopies,
    settleCopy,
    ...nodeOperations,
    removeNode,
    withdrawSome,
    readKeyOfCopy,
    listCountedReviews,
    listUntrusted,
    receive,
    receiveUndo,
    listNotifications,
    settleNotification,
    toldElsewhere,
    listAnnouncements,
    announce,
    listMade,
    takeBack,
  ],
  slots: {
    record: async ({ ask, askAs, view }, request, record) => {
      const { id, origin } = record
      const mayAnnounce = canBeAnnounced(record) && may(request.who.actor, 'record.publish')
      return html`${countedReviewsPart(view(request), (await ask(listCountedReviews, { id })).reviews)}
        ${toldElsewherePart(view(request), (await ask(toldElsewhere, { id })).told)}
        ${mayAnnounce && announcePart(view(request), id, (await askAs(request.who, listAnnouncements, { id })).targets)}
        ${
          origin?.chain &&
          originPart(view(request), record, {
            nodes: (await ask(listNodes, {})).nodes,
            revoked: (await ask(readKeyOfCopy, { id })).revoked,
          })
        }`
    },
  },
  hooks: {
    changed: async (context, { action, after }) => {
      if (action === 'withdraw') await takeBackAll(context, after.id)
    },
  },
  tasks: [{ area: 'cooperation', path: '/network', title: 'network.title', lead: 'network.lead' }],
  routes: [mountCatalogue, mountManifest, mountPacks, mountNetwork, mountInbox],
  jobs: [
    { name: 'network', everyMs: quarterMs, leaseMs: hourMs, apart: true, work: (app) => () => pullAll(app) },
    {
      name: 'network-removals',
      everyMs: minuteMs,
      leaseMs: hourMs,
      apart: true,
      work: (app) => () => withdrawLeft(app),
    },
    {
      name: 'inbox-answers',
      everyMs: minuteMs,
      leaseMs: quarterMs,
      apart: true,
      work: (app) => () => sendAnswers(app),
    },
  ],
}
