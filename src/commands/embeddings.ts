/** `qingdao embeddings`: tells of the vectors by which search finds what is near in meaning, and makes them anew. */
import type { House } from '#app'
import { Problem } from '#core/problem.ts'
import { bar } from '#core/shell/terminal.ts'
import { embedder, embeddingsAt } from '#house/search/embeddings/service.ts'
import { embeddings } from '#house/search/embeddings/store.ts'
import type { Command, Run } from './command.ts'

export const embeddingsCommand: Command = {
  name: 'embeddings',
  takes: '[rebuild]',
  flags: [],
  run: async (run) => {
    const { given, settings, terminal, t, withHouse } = run
    const [verb] = given
    if (verb !== undefined && verb !== 'rebuild')
      throw new Problem('badFlag', { flag: 'embeddings', what: embeddingsCommand.takes })
    if (!embeddingsAt(settings)) {
      terminal.say(t('cli.embeddings.none'))
      return 0
    }
    return withHouse(async (house) => {
      if (verb === 'rebuild')
        await house.ground.services.vectors.makeVectors({
          anew: true,
          tell: (done, of) => terminal.progress(t('cli.embeddings.progress', { bar: bar(done, of) })),
        })
      for (const [name, value] of await embeddingLines(house, run)) terminal.say(`${name}\n  ${value}`)
      return 0
    })
  },
}

const answersWithinMs = 10_000

/** How many vectors there are, and whether the service answers soon enough for readers; nothing where none is set. */
export async function embeddingLines(house: House, { settings, world, t }: Run): Promise<[string, string][]> {
  const service = embeddingsAt(settings)
  if (!service) return []
  const state = await embeddings(house.database.read).state()
  const { kept, refused } = await embeddings(house.database.read).counts()
  const isOther = state.model !== '' && state.model !== service.model
  const made = t('cli.embeddings.made', { count: isOther ? 0 : kept, refused: isOther ? 0 : refused })
  return [
    [t('cli.embeddings.vectors'), `${service.model}: ${made}`],
    [t('cli.embeddings.service'), await answerTime()],
  ]

  async function answerTime(): Promise<string> {
    const begun = world.now().getTime()
    try {
      await embedder(service!, world.fetch)(['school'], answersWithinMs)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return t('cli.embeddings.silent', { reason: String(error.values.reason ?? error.code) })
    }
    const ms = world.now().getTime() - begun
    return t(ms > service!.patienceMs ? 'cli.embeddings.slow' : 'cli.embeddings.answers', {
      ms,
      patience: service!.patienceMs,
    })
  }
}
