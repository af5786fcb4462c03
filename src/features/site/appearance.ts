/** How the node presents itself, as pages and emails need it: read once, and again after it was changed. */
import type { Kysely } from 'kysely'
import type { JournalLine } from '#kernel/journal.ts'
import type { BodyOf } from '#records/kind.ts'
import { records } from '#records/store.ts'
import { siteId, type siteProfile } from './site.ts'

export type SiteBody = BodyOf<typeof siteProfile>
export type Appearance = {
  /** What is known now; nothing where it was never set, or was not read yet. */
  current: () => { revision: number; body: SiteBody } | undefined
  /** Reads it, for whom to wait for. */
  read: () => Promise<void>
  hear: (lines: readonly JournalLine[]) => void
}

declare module '#kernel/context.ts' {
  interface Services {
    appearance: Appearance
  }
}

/** `changed` is told when pages look otherwise from now on; `named` what the site is called, and by language. */
export function appearanceOf(
  db: Kysely<unknown>,
  changed: () => void,
  named: (name: string, names: Readonly<Record<string, string>>) => void,
): Appearance {
  let known: { revision: number; body: SiteBody } | undefined
  const read = async () => {
    const found = await records(db).find(siteId)
    if (!found || found.revision === known?.revision) return
    known = { revision: found.revision, body: found.body as unknown as SiteBody }
    const { title, originalLanguage } = found.body
    named(title[originalLanguage] ?? Object.values(title)[0]!, title)
    changed()
  }
  return {
    current: () => known,
    read,
    hear: (lines) => {
      if (lines.some(({ recordId }) => recordId === siteId)) void read().catch(() => {})
    },
  }
}
