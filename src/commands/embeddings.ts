/** `qingdao embeddings`: shows the state of the vectors by which search finds what is near in meaning, and rebuilds them. */
import type { App } from '#app'
import { Problem } from '#kernel/problem.ts'
import { bar } from '#kernel/cli/terminal.ts'
import { embedder, embeddingsAt } from '#search/embeddings/service.ts'
import { embeddings } from '#search/embeddings/store.ts'
import type { Command, Run } from './command.ts'

export const embeddingsCommand: Command = {
  name: 'embeddings',
  takes: '[rebuild]',
  examples: ['qingdao embeddings', 'qingdao embeddings rebuild'],
  settings: ['dataDir', 'databaseUrl', 'embeddingsUrl', 'embeddingsModel', 'embeddingsKey'],
  words: () => ['rebuild'],
  flags: [],
  run: async (run) => {
    const { given, settings, terminal, t, withApp } = run
    const [verb] = given
    if (verb !== undefined && verb !== 'rebuild')
      throw new Problem('badFlag', { flag: 'embeddings', what: embeddingsCommand.takes })
    if (!embeddingsAt(settings)) {
      terminal.say(t('cli.embeddings.none'))
      return 0
    }
    return withApp(async (app) => {
      if (verb === 'rebuild')
        await app.runtime.services.vectors.makeVectors({
          anew: true,
          tell: (done, of) => terminal.progress(t('cli.embeddings.progress', { bar: bar(done, of) })),
        })
      for (const [name, value] of await embeddingLines(app, run)) terminal.say(`${name}\n  ${value}`)
      return 0
    })
  },
}

const answersWithinMs = 10_000

/** How many vectors there are, and whether the service answers soon enough for readers; nothing where none is set. */
export async function embeddingLines(app: App, { settings, environment, t }: Run): Promise<[string, string][]> {
  const service = embeddingsAt(settings)
  if (!service) return []
  const state = await embeddings(app.database.read).state()
  const { kept, refused } = await embeddings(app.database.read).counts()
  const isOther = state.model !== '' && state.model !== service.model
  const made = t('cli.embeddings.made', { count: isOther ? 0 : kept, refused: isOther ? 0 : refused })
  return [
    [t('cli.embeddings.vectors'), `${service.model}: ${made}`],
    [t('cli.embeddings.service'), await answerTime()],
  ]

  async function answerTime(): Promise<string> {
    const begun = environment.now().getTime()
    try {
      await embedder(service!, environment.fetch)(['school'], answersWithinMs)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return t('cli.embeddings.silent', { reason: String(error.values.reason ?? error.code) })
    }
    const ms = environment.now().getTime() - begun
    return t(ms > service!.patienceMs ? 'cli.embeddings.slow' : 'cli.embeddings.answers', {
      ms,
      patience: service!.patienceMs,
    })
  }
}
