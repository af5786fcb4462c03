/** A node, opened: its database, its search index and all that can be done in it. */
import { join } from 'node:path'
import { noteRefusal } from '#accounts/audit.ts'
import { linksOfOperator } from '#accounts/links-of-operator.ts'
import { canOpenSecrets } from '#accounts/totp.ts'
import type { Running } from '#kernel/feature.ts'
import { openMigrated } from '#kernel/database/open-migrated.ts'
import { lookingFor } from '#kernel/look-for.ts'
import { inTurns, perform, type Perform, type Runtime } from '#kernel/operation.ts'
import { openLog } from '#features/transparency/log.ts'
import { newId } from '#records/identifier.ts'
import { rebuildNames } from '#records/rebuild-names.ts'
import { records } from '#records/store.ts'
import { indexesIn, keptIndex } from '#search/kept-index.ts'
import { features as everyFeature } from '#features'
import type { AppOptions } from './app-options.ts'
import { changesHeard } from './changes-heard.ts'
import { followSearch } from './follow-search.ts'
import { keepFollowing } from './keep-following.ts'
import { ownWrites } from './own-writes.ts'
import { servicesOf } from './services.ts'
import { systemOf } from './system.ts'

const everything = systemOf(everyFeature)
export const { sources, kinds, operations } = everything

export type App = Awaited<ReturnType<typeof openApp>>

export async function openApp(options: AppOptions) {
  const { dataDir, databaseAddress, environment, searchThreads = 0, mustExist = false, report } = options
  const { now, random } = environment
  const system = options.features ? systemOf(options.features) : everything
  const indexes = indexesIn(searchThreads, (error) => report?.(error, 'search'))
  const opening = openMigrated(databaseAddress, { mustExist, dataDir, migrations: system.migrations, now })
  const database = await opening.catch(async (error: unknown) => {
    await indexes.early?.close()
    throw error
  })
  if (database.writable) await database.write((tx) => records(tx).setNodeId(newId(random)))
  const nodeId = (await records(database.read).nodeId()) ?? 'none'
  const log = openLog({ database, dataDir, nodeId, now, random })
  const kept = await keptIndex(indexes, database.read, join(dataDir, 'search', nodeId))
  const search = kept.index
  const changes = changesHeard(database.read, () => search.seq)
  const { changed, heard } = changes
  const services = await servicesOf(options, { database, changed, system, search, log })
  const following = followSearch(database.read, { kept, services, threads: searchThreads, heard })
  const { committed, followOwn } = ownWrites({
    follow: () => following.followOwn().then(changes.lookAtPages),
    forget: () => database.forget(),
  })
  const runtime: Runtime = {
    database,
    environment,
    services,
    committed,
    refused: (op, actor) =>
      noteRefusal({ database, environment }, op.name, actor).catch((error: unknown) =>
        report?.(error as Error, 'audit'),
      ),
  }
  /** What follows is heard of at once by readers of this process. */
  const performAndFollow: Perform = inTurns(async (op, actor, raw) => {
    const answer = await perform(op, runtime, actor, raw)
    await followOwn()
    return answer
  })
  const running: Running = { database, environment, services, perform: performAndFollow, changed, dataDir }
  const unsettled: (() => Promise<unknown>)[] = []
  return {
    database,
    runtime,
    running,
    environment,
    system,
    search,
    log,
    ...linksOfOperator(database, environment),
    perform: ((op, actor, raw, within) => perform(op, runtime, actor, raw, within)) satisfies Perform as Perform,
    lookFor: lookingFor(runtime),
    operation: system.operationNamed,
    canOpenSecrets: () => canOpenSecrets({ db: database.read, services: runtime.services }),
    /** Called with the journal's place whenever something new has become visible. */
    onChange: changes.listen,
    /** Brings search up to the journal's head. Calls queue up, so that lines are taken once and in order. */
    follow: following.follow,
    followOwn,
    /** Follows the journal until closed, whoever writes to it. */
    keepFollowing: (failed: (error: unknown, where: string) => void) =>
      keepFollowing({ search: () => following.follow().then(changes.lookAtPages), log: () => log.follow() }, failed),
    saveSearch: async () => {
      if (database.writable) await kept.save()
    },
    checkSnapshots: kept.check,
    rebuildSearch: following.rebuild,
    rebuildNames: () => rebuildNames(database, system.kinds),
    /** What must come to its end before the database closes. */
    beforeClose: (settled: () => Promise<unknown>) => void unsettled.push(settled),
    close: async () => {
      await following.settled()
      await log.settled()
      changes.end()
      for (const settled of unsettled) await settled()
      await search.close()
      await database.close()
    },
  }
}
