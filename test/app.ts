/** A whole node for a test: a real database in a folder of its own, and people to ask it things. */
import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { kinds, openApp, type App } from '#app'
import { readSettings } from '#kernel/config.ts'
import type { Actor } from '#kernel/context.ts'
import type { Feature } from '#kernel/feature.ts'
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import type { Scanner } from '#kernel/scanner.ts'
import type { Provider } from '#accounts/oidc.ts'
import type { Embeddings } from '#search/embeddings/service.ts'
import type { SecondStep } from '#accounts/second-step.ts'
import { buildSite } from '../src/server.ts'
import { newDatabase, newFile } from './template.ts'
import { freshFolder } from './temporary.ts'

export { freshFolder }

export const usualNow = new Date('2026-01-02T03:04:05.000Z')

export type TestApp = Awaited<ReturnType<typeof testApp>>

/** A database of its own: an SQLite file, or a new database on the server that the run was given. */
export async function freshDatabase(folder: string): Promise<{ address: string; drop: () => Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) return { address: await newFile(folder), drop: async () => {} }
  return newDatabase(server)
}

type TestOptions = {
  now?: () => Date
  /** Where a real browser reaches it; the node listens there itself. */
  address?: string
  provider?: Provider
  secondStep?: SecondStep
  scanner?: Scanner
  breachedPasswords?: string
  embeddings?: Embeddings
  fetch?: Outbound
  /** What it is made of; all that there is where absent. */
  features?: readonly Feature[]
}

export async function testApp({
  now = () => usualNow,
  address: publicUrl = '',
  provider,
  secondStep = 'nobody',
  scanner,
  breachedPasswords = '',
  embeddings,
  fetch = noNetwork,
  features,
}: TestOptions = {}) {
  const folder = freshFolder()
  const { address, drop } = await freshDatabase(folder)
  const options = {
    dataDir: folder,
    databaseAddress: address,
    environment: { now, random: (size: number) => randomBytes(size), fetch },
    provider,
    secondStep,
    scanner,
    breachedPasswords,
    ...(features && { features }),
    embeddings,
    ...(publicUrl && { site: { name: 'Qingdao', address: publicUrl } }),
  }
  const app = await openApp(options)
  const reported: unknown[] = []
  const saidOf: string[] = []
  let site: Site | undefined
  // Most tests ask operations, and no address: for them no pages are built.
  const siteOf = () =>
    (site ??= buildSite(app, {
      publicUrl,
      siteName: 'Qingdao',
      dataDir: folder,
      version: 'test',
      checksPages: true,
      report: (error, where) => {
        reported.push(error)
        saidOf.push(where)
      },
    }))
  if (publicUrl) await siteOf().fastify.listen({ port: Number(new URL(publicUrl).port), host: '127.0.0.1' })
  after(async () => {
    await site?.fastify.close()
    // What a test holds on to lives as long as the process; its pages need not.
    site = undefined
    await app.close()
    await drop()
  })
  const get = (path: string, headers: Record<string, string> = {}) =>
    siteOf().fastify.inject({ method: 'GET', url: path, headers })
  return {
    app,
    get web() {
      return siteOf()
    },
    folder,
    options,
    reported,
    saidOf,
    get,
    as: (role?: string) => asking(app, role),
  }
}

type Site = ReturnType<typeof buildSite>

/** A job of a feature as a process begins it; each call does it once. */
export function beginJob(app: App, name: string): () => Promise<unknown> {
  const job = app.system.jobs.find((one) => one.name === name)
  if (!job) throw new Error(`no job ${name}`)
  return job.work({ ...app.running, settings: readSettings({}, {}), say: () => {} })
}

/** Does a job of a feature now, whether or not it is due; answers what that answers. */
export const doJob = (app: App, name: string): Promise<unknown> => beginJob(app, name)()

const noNetwork = async () => {
  throw new Problem('fetchFailed', { url: 'any', reason: 'tests have no network' })
}

/** Acts as somebody with a role; as a visitor without one. */
function asking(app: App, role?: string) {
  const actor: Actor = role ? { kind: 'person', id: role, roles: [role] } : { kind: 'anyone' }
  return async <Result = any>(name: string, input: object = {}): Promise<Result> => {
    const op = app.operation(name)
    if (!op) throw new Error(`no operation ${name}; kinds: ${[...kinds.keys()].join(', ')}`)
    const answer = await app.perform(op, actor, input)
    await app.followOwn()
    return answer as Result
  }
}

/** The code of the problem that a promise ends in. */
export async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'none'
}
