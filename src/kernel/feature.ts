/** A feature: all that it brings, in one value. What layers above the kernel add to it, they declare (`declare module`). */
import type { Services, Environment } from './context.ts'
import type { Database } from './database/database.ts'
import type { Migration } from './database/migrate.ts'
import type { Hooks } from './hooks.ts'
import type { Job } from './jobs/jobs.ts'
import type { JournalLine } from './journal.ts'
import type { AnyOperation, Perform } from './operation.ts'
import type { Settings } from './config.ts'
import type { PersonalData } from './personal-data.ts'

/** What work that no request asks for has at hand. */
export type Running = {
  database: Database
  environment: Environment
  services: Services
  /** Performs an operation; what follows from it is visible when it answers. */
  perform: Perform
  /** Pages that this process has kept are made anew; `notePagesChanged` (`journal.ts`) tells all processes. */
  changed: () => void
  dataDir: string
}

/** What a job has at hand when the node serves, beside what it always has. */
export type Serving = Running & { settings: Settings; say: (line: string) => void }

type Timing = Pick<Job, 'name' | 'everyMs'> & {
  /** Whether an operator with these settings wants it; always where absent. */
  isWanted?: (settings: Settings) => boolean
  /** Called once, when the node begins to serve; what it answers does the work, each time that it is due. */
  work: (app: Serving) => () => Promise<unknown>
}
/** Work that one process of all does at a time. */
export type SharedJob = Timing & {
  leaseMs: number
  /** Takes so long that no other job may wait for it. */ apart?: true
}
/** Work that each process does, and that never runs twice at once in one of them. */
export type OwnJob = Timing & { inEachProcess: true }
export type FeatureJob = SharedJob | OwnJob

/** Hears of what was written to the journal, in its order; it may hear of a line again. */
export type Follower = { name: string; hear: (services: Services, lines: readonly JournalLine[]) => void }

declare module './context.ts' {
  interface Services {
    /** All that the node is made of, in order of dependence. */
    features: readonly Feature[]
    /** What people call this node, and the address that links in letters begin with. */
    /** The names are those that operators wrote, by language. */
    site: { name: string; address: string; names?: Readonly<Record<string, string>> }
  }
}

export interface Feature {
  /** kebab-case; it is in no address and no table. */
  name: string
  migrations?: readonly Migration[]
  operations?: readonly AnyOperation[]
  /** What its operations find in `context.services`, made when the node opens; those before it have made theirs. */
  services?: (app: Omit<Running, 'perform'>) => Partial<Services>
  jobs?: readonly FeatureJob[]
  followers?: readonly Follower[]
  hooks?: Hooks
  personalData?: PersonalData
}
