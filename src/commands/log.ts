/** `qingdao log`: tells which log this node keeps, and gives it a new key. */
import { Problem } from '#kernel/problem.ts'
import { stateOf } from '#features/transparency/reading.ts'
import type { Command, Run } from './command.ts'

export const logCommand: Command = {
  name: 'log',
  takes: '[rotate-key]',
  examples: ['qingdao log', 'qingdao log rotate-key'],
  settings: ['dataDir', 'databaseUrl'],
  words: () => ['rotate-key'],
  flags: [],
  run: async (run) => {
    const [verb] = run.given
    if (verb !== undefined && verb !== 'rotate-key')
      throw new Problem('badFlag', { flag: 'log', what: logCommand.takes })
    return run.withApp(async ({ log, database }) => {
      if (verb === 'rotate-key') {
        if (!database.writable) throw new Problem('readOnly')
        await log.rotateKey()
        run.terminal.say(run.t('cli.log.rotated'))
      } else await log.follow()
      await tellState(run, log.source)
      return 0
    })
  },
}

async function tellState({ terminal, t, f }: Run, source: Parameters<typeof stateOf>[0]): Promise<void> {
  const state = await stateOf(source, 0)
  if (!state) return terminal.say(t('cli.doctor.logNone'))
  const rows = [
    [t('log.origin'), state.origin],
    [t('log.size'), f.number(state.size)],
    [t('log.root'), state.root],
    ...state.keys.map(({ verifier, since, until }) => [
      until
        ? t('log.keyFromTo', { since: f.time(since), until: f.time(until) })
        : t('log.keySince', { since: f.time(since) }),
      verifier,
    ]),
  ] as const
  for (const [name, value] of rows) terminal.say(`${name}\n  ${value}`)
}
