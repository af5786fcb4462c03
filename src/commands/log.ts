/** `qingdao log`: tells which log this node keeps, gives it a new key, and declares a key void that others may have. */
import { Problem } from '#kernel/problem.ts'
import { stateOf } from '#features/transparency/reading.ts'
import type { Command, Run } from './command.ts'

const verbs = ['rotate-key', 'revoke-key', 'begin']

export const logCommand: Command = {
  name: 'log',
  takes: '[rotate-key|revoke-key|begin] [<key>]',
  examples: ['qingdao log rotate-key --yes', 'qingdao log revoke-key --since 2026-05-01'],
  settings: ['dataDir', 'databaseUrl'],
  words: () => verbs,
  flags: [
    { name: 'since', value: '2026-05-01', about: 'cli.flag.revokedSince' },
    { name: 'yes', about: 'cli.flag.yes' },
  ],
  run: async (run) => {
    const [verb, key] = run.given
    if (verb !== undefined && !verbs.includes(verb))
      throw new Problem('badFlag', { flag: 'log', what: logCommand.takes })
    const since = timeOf(run)
    expectMeant(run, verb)
    return run.withApp(async ({ log, database }) => {
      if (verb && !database.writable) throw new Problem('readOnly')
      if (verb === 'revoke-key') {
        await log.revokeKey(since, key)
        run.terminal.say(run.t('cli.log.revoked', { since: run.f.time(since) }))
      } else if (verb === 'rotate-key') {
        await log.rotateKey()
        run.terminal.say(run.t('cli.log.rotated'))
      } else if (verb === 'begin') {
        const isLost = (await log.findTrouble()) !== undefined
        if (isLost) await log.begin()
        run.terminal.say(run.t(isLost ? 'cli.log.begun' : 'cli.log.goesOn'))
        await log.follow()
      } else await log.follow()
      await tellState(run, log.source)
      return 0
    })
  },
}

/** A key that was replaced or revoked cannot be had back. @throws Problem notConfirmed */
function expectMeant({ flags }: Run, verb: string | undefined): void {
  if (verb === undefined || flags.yes?.at(-1) === 'true') return
  if (verb === 'revoke-key' && flags.since) return
  throw new Problem('notConfirmed', { command: `log ${verb}`, also: verb === 'revoke-key' ? 'since' : 'none' })
}

/** From when a key is void: as it was typed, now where nothing was. @throws Problem badFlag */
function timeOf({ flags, environment }: Run): string {
  const typed = flags.since?.at(-1)
  const time = typed === undefined ? environment.now() : new Date(typed)
  if (Number.isNaN(time.getTime()) || time > environment.now())
    throw new Problem('badFlag', { flag: '--since', what: '2026-05-01' })
  return time.toISOString()
}

async function tellState({ terminal, t, f }: Run, source: Parameters<typeof stateOf>[0]): Promise<void> {
  const state = await stateOf(source, 0)
  if (!state) return terminal.say(t('cli.doctor.logNone'))
  const rows = [
    [t('log.origin'), state.origin],
    [t('log.size'), f.number(state.size)],
    [t('log.root'), state.root],
    ...state.keys.map(({ verifier, since, until, revokedSince }) => [
      until
        ? t('log.keyFromTo', { since: f.time(since), until: f.time(until) })
        : t('log.keySince', { since: f.time(since) }),
      revokedSince ? `${verifier}\n  ${t('log.keyRevoked', { since: f.time(revokedSince) })}` : verifier,
    ]),
  ] as const
  for (const [name, value] of rows) terminal.say(`${name}\n  ${value}`)
}
