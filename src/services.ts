/** What operations find in `context.services`: first the node's own, then what features make. */
import { join } from 'node:path'
import { secretBoxOf } from '#accounts/secret-box.ts'
import type { Services } from '#kernel/context.ts'
import type { Running } from '#kernel/feature.ts'
import { fileStore } from '#kernel/file-store.ts'
import type { TransparencyLog } from '#features/transparency/log.ts'
import type { SearchIndex } from '#search/contract.ts'
import type { AppOptions } from './app-options.ts'
import type { System } from './system.ts'

type Opened = Pick<Running, 'database' | 'changed'> & { system: System; search: SearchIndex; log: TransparencyLog }

/** Features make theirs in their order: each finds what those before it have made. */
export async function servicesOf(
  options: AppOptions,
  { database, changed, system, search, log }: Opened,
): Promise<Services> {
  const { dataDir, environment } = options
  const { kinds, features } = system
  const services = {
    search,
    kinds,
    features,
    hooks: system.hooks,
    files: fileStore(join(dataDir, 'files')),
    sources: new Map(system.sources),
    log: log.source,
    logTrouble: log.trouble,
    site: options.site ?? { name: 'Qingdao', address: 'http://localhost:8080' },
    provider: options.provider,
    secondStep: options.secondStep ?? 'nobody',
    scanner: options.scanner,
    breachedPasswords: options.breachedPasswords ?? '',
    embeddings: options.embeddings,
    privateNodes: options.privateNodes ?? false,
    harvestFolder: options.harvestFolder ?? '',
    secretBox: secretBoxOf(dataDir, environment.random),
    // Features bring the rest, below.
  } as Partial<Services> as Services
  for (const feature of features)
    Object.assign(services, feature.services?.({ database, environment, services, changed, dataDir }))
  // What a command writes bears the name that was given to the site, as what the web gives does.
  await services.appearance?.read()
  return services
}
