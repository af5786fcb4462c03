/** A pack of this node, as text line by line. */
import type { Kysely } from 'kysely'
import type { Services } from '#kernel/context.ts'
import { records } from '#records/store.ts'
import { manifestHere } from '../manifest-here.ts'
import { withFiles } from './files.ts'
import { giving, homesOf, type Choice } from './give.ts'
import { packText, type Footer } from './pack.ts'

type Here = {
  db: Kysely<unknown>
  services: Services
  dataDir: string
  version: string
  address: string
  now: () => Date
}

/** `end` says how far it goes, once all of it was read. @throws Problem logKeyMissing before the log has a key */
export async function packHere(
  { db, services, dataDir, version, address, now }: Here,
  choice: Choice & { files?: boolean },
): Promise<{ text: AsyncIterable<string>; end: () => Pick<Footer, 'upTo' | 'isWhole'> }> {
  const node = (await records(db).nodeId()) ?? 'none'
  const given = giving({ db, services, dataDir, node }, choice)
  const header = {
    created: now().toISOString(),
    manifest: await manifestHere({ db, services, version, address }),
    after: choice.after,
    homes: await homesOf(db),
    sources: [...services.sources.values()].map(({ name, title, source: { licence, attribution } }) => ({
      name,
      title,
      licence,
      attribution,
    })),
  }
  return {
    text: packText(header, choice.files ? withFiles(services, given.lines()) : given.lines(), given.end),
    end: given.end,
  }
}
