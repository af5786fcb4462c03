import type { FileStore } from '#core/files.ts'
import type { Scanner } from '#core/scanner.ts'
import type { Kind } from './kind.ts'
import type { Collection } from './collection.ts'
import type { LogSource } from './log/source.ts'
import type { Provider } from './people/provider.ts'
import type { Sealing } from './people/sealing.ts'
import type { SecondStep } from './people/second-step.ts'
import type { SearchIndex } from './search/contract.ts'
import type { PracticeContexts } from './fit/contexts.ts'
import type { Meaning } from './search/embeddings/meaning.ts'
import type { KnowledgeOfSearch } from './search/knowledge.ts'

declare module '#core/context.ts' {
  interface Services {
    search: SearchIndex
    knowledge: KnowledgeOfSearch
    /** Nearness of meaning, where the operator has a service for it. */
    meaning: Meaning | undefined
    contexts: PracticeContexts
    kinds: ReadonlyMap<string, Kind>
    /** What people brought, by what is in it. */
    files: FileStore
    log: LogSource
    collections: ReadonlyMap<string, Collection>
    /** What people call this house, and the address that links in letters begin with. */
    site: { name: string; address: string }
    /** Where people may sign in beside here, if the operator set one. */
    provider: Provider | undefined
    /** Of whom a code from their letters is asked, too. */
    secondStep: SecondStep
    /** Looks through files that people bring, if the operator has one. */
    scanner: Scanner | undefined
    /** Where to ask which passwords were stolen somewhere; nowhere when empty. */
    breachedPasswords: string
    /** Closes secrets that must be read again, with a key that is not in the database. */
    sealing: Sealing
  }
}
