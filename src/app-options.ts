/** What a node is opened with. */
import type { Provider } from '#accounts/oidc.ts'
import type { SecondStep } from '#accounts/second-step.ts'
import type { Environment } from '#kernel/context.ts'
import type { Feature } from '#kernel/feature.ts'
import type { Scanner } from '#kernel/scanner.ts'
import type { Embeddings } from '#search/embeddings/index.ts'

export type AppOptions = {
  /** What it is made of; all that there is where absent. */
  features?: readonly Feature[]
  dataDir: string
  databaseAddress: string
  environment: Environment
  /** Where there is no node yet, none is made: for commands that read. */
  mustExist?: boolean
  /** How many threads answer searches, beside one that keeps the index; none and it all happens in this one. */
  searchThreads?: number
  /** The name of the site in e-mails, and the address that their links begin with. */
  site?: { name: string; address: string }
  /** An OpenID Connect provider that people may sign in at. */
  provider?: Provider | undefined
  /** Who must enter a code from an e-mail when they sign in; nobody when absent. */
  secondStep?: SecondStep
  scanner?: Scanner | undefined
  /** Where to ask which passwords were stolen somewhere. */
  breachedPasswords?: string
  /** A service by which search finds what is near in meaning. */
  embeddings?: Embeddings | undefined
  /** Nodes that are followed may be in private networks. */
  privateNodes?: boolean
  /** Files below it can be harvested. */
  harvestFolder?: string
  /** Hears of search threads that fell and were put up again, and of refusals that could not be written down. */
  report?: (error: Error, where: 'search' | 'audit') => void
}
