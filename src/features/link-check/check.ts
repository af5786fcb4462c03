/** Looks at the addresses that are due: several sites at once, each no more than once a second. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import type { FileStore } from '#kernel/file-store.ts'
import { eachApart } from '#kernel/jobs/each-apart.ts'
import { notePagesChanged } from '#kernel/journal.ts'
import type { Services } from '#kernel/context.ts'
import { gatherLinks } from './gather.ts'
import { looker } from './look.ts'
import { judged } from './rules.ts'
import { links } from './store.ts'
import { tellOwners } from './tell.ts'

const sitesAtOnce = 4
const sitesInRun = 400
const ofEachSite = 300
const minuteMs = 60_000
export const runMs = 20 * minuteMs
const betweenRequestsMs = 1_000
const daysOfFiles = 30
const filesInRun = 500

export type LinkPace = { pauseMs?: number }

/** What one process knows of sites stays between runs. */
export function linkChecker(app: { database: Database; environment: Environment; services: Services }) {
  const { database, environment, services } = app
  const look = looker(environment)

  /** Answers how many addresses were looked at. */
  return async ({ pauseMs = betweenRequestsMs }: LinkPace = {}): Promise<number> => {
    await gatherLinks(database, services.kinds, environment)
    await database.write((tx) => links(tx).dropUnused())
    const until = environment.now().getTime() + runMs
    const isTime = () => environment.now().getTime() < until
    const due = environment.now().toISOString()
    const hosts = await links(database.read).dueHosts(due, sitesInRun)
    let looked = 0
    const lookAtSite = async (host: string) => {
      const pause = async () => {
        await wait(pauseMs)
      }
      await eachApart(await links(database.read).dueOf(host, due, ofEachSite), async (row) => {
        if (!isTime()) return
        const outcome = await look(row.address, pause)
        await database.write((tx) => links(tx).judge(row.address, judged(row, outcome, environment.now())))
        looked++
        await pause()
      })
    }
    try {
      await eachApart(hosts, async (host) => isTime() && lookAtSite(host), sitesAtOnce)
    } finally {
      if (looked > 0) await database.write(notePagesChanged)
      await tellOwners(app)
    }
    return looked
  }
}

/** Reads files that records name, and tells whether they are still what they were when they were kept. */
export async function checkDueFiles(
  database: Database,
  files: FileStore,
  { now }: Pick<Environment, 'now'>,
): Promise<number> {
  const before = new Date(now().getTime() - daysOfFiles * 24 * 60 * minuteMs).toISOString()
  const due = await links(database.read).filesDue(before, filesInRun)
  for (const file of due) {
    const state = await files.check(file)
    await database.write((tx) => links(tx).judgeFile({ file, state, checkedAt: now().toISOString() }))
  }
  return due.length
}
