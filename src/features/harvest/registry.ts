/** Sources that are harvested stand among those of files: for their titles, their history, and for undoing runs. */
import { isDeepStrictEqual } from 'node:util'
import type { Services } from '#kernel/context.ts'
import type { Source } from '#records/sources/source.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { uriOf } from '#records/vocabularies/index.ts'
import type { Harvested } from './store.ts'

export const kindHarvested = 'resource'

export function sourceOf({
  name,
  title,
  address,
  settings,
  removedAt,
}: Pick<Harvested, 'name' | 'title' | 'address' | 'settings' | 'removedAt'>): Source {
  const licence =
    settings.licence && !licenceAt(settings.licence) ? uriOf('licences', settings.licence) : settings.licence
  return {
    name,
    title,
    publisher: title,
    kinds: [kindHarvested],
    folder: '',
    source: { address, revision: '', licence: licence || address, attribution: title },
    ...(removedAt === null ? { harvestedAt: `/harvest/${name}` } : { isLeft: true as const }),
    recognise: () => undefined,
    async *read() {},
  }
}

export function putSource(services: Pick<Services, 'sources'>, harvested: Parameters<typeof sourceOf>[0]): void {
  const before = services.sources.get(harvested.name)
  const now = sourceOf(harvested)
  const isSame = before?.title === now.title && before.harvestedAt === now.harvestedAt
  if (!isSame || !isDeepStrictEqual(before.source, now.source)) services.sources.set(harvested.name, now)
}
