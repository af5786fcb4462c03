/** Issues an achievement from a table at the command line: the same checks and parts as on the page. */
import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { App } from '#app'
import { shell, type Actor } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { withoutFormulas } from '#codecs/csv/formulas.ts'
import { emailKeyOf } from '#accounts/email.ts'
import { people } from '#accounts/store.ts'
import { checkTable, listClaimLinks, resumeBatch, startBatch, type Batch } from '#areas/recognition/index.ts'
import { ruleWords } from '#ui/problem-words.ts'
import type { Command, Run } from './command.ts'

export const issueCredentialsCommand: Command = {
  name: 'issue-credentials',
  isLeftOut: true,
  takes: '<file>',
  examples: [
    'qingdao issue-credentials list.csv --achievement 0123456789abcdef --dry-run',
    'qingdao issue-credentials list.csv --achievement 0123456789abcdef --period 26',
  ],
  settings: ['dataDir'],
  flags: [
    { name: 'achievement', value: 'id', about: 'cli.flag.achievement' },
    { name: 'organisation', value: 'id', about: 'cli.flag.issuer' },
    { name: 'period', value: '2026', about: 'cli.flag.period' },
    { name: 'language', value: 'en', about: 'cli.flag.language' },
    { name: 'suite', value: 'name', about: 'cli.flag.suite' },
    { name: 'as', value: 'email', about: 'cli.flag.issueAs' },
    { name: 'links', value: 'links.csv', about: 'cli.flag.links' },
    { name: 'can-be-suspended', about: 'cli.flag.canBeSuspended' },
    { name: 'send-email', about: 'cli.flag.sendEmail' },
    { name: 'dry-run', about: 'cli.flag.dryRun' },
  ],
  run: async (run) => {
    const path = run.given.at(-1)
    const achievement = run.flags['achievement']?.at(-1)
    if (!path || !achievement)
      throw new Problem('badFlag', {
        flag: path ? '--achievement' : 'issue-credentials',
        what: path ? 'id' : issueCredentialsCommand.takes,
      })
    return run.withApp((app) => issueTable(run, app, path, achievement))
  },
}

const shownErrors = 20

async function issueTable(run: Run, app: App, path: string, achievement: string): Promise<number> {
  const { flags, terminal, t, f, environment } = run
  const said = (name: string) => flags[name]?.at(-1)
  const actor = await whoActs(app, said('as'))
  const given = {
    organisation: said('organisation'),
    period: said('period'),
    language: said('language'),
    suite: said('suite'),
  }
  const { errors, ...checked } = await app.perform(checkTable, actor, {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    achievement,
    sendsMail: Boolean(flags['send-email']),
    canBeSuspended: Boolean(flags['can-be-suspended']),
    fileName: basename(path),
    path,
  })
  terminal.say(`${t('batch.rows')}${f.colon}${checked.total}`)
  if (checked.wrong > 0) terminal.say(`  ${t('batch.wrong', { count: checked.wrong })}`)
  if (checked.known > 0) terminal.say(`  ${t('batch.known', { count: checked.known })}`)
  for (const { row, column, rule, values } of errors.slice(0, shownErrors))
    terminal.say(`  ✗ ${row}, ${column}: ${ruleWords({ t }, { place: column, rule, values })}`)
  if (flags['dry-run']) return checked.wrong > 0 ? 1 : 0
  await app.perform(startBatch, actor, { id: checked.id })
  const begun = environment.now().getTime()
  const tell = ({ done, total, wrong }: Batch) => {
    const seconds = (environment.now().getTime() - begun) / 1_000
    terminal.progress(
      `${t('batch.progressOf', { done, of: total - wrong })} (${Math.round(done / Math.max(seconds, 1))}/s)`,
    )
  }
  const done = await resumeBatch(app.perform, actor, checked.id, tell)
  terminal.say(`${t('batch.issued')}${f.colon}${done.issued} (${done.id})`)
  const links = said('links')
  if (links) await writeLinks(app, actor, checked.id, links)
  return checked.wrong > 0 || done.state !== 'done' ? 1 : 0
}

async function whoActs(app: App, email: string | undefined): Promise<Actor> {
  if (!email) return shell
  const account = await people(app.database.read).byEmail(emailKeyOf(email))
  if (account?.state !== 'active') throw new Problem('noAccount', { email })
  return { kind: 'person', id: account.id, roles: account.roles }
}

const cell = (text: string): string => `"${withoutFormulas(text).replaceAll('"', '""')}"`

/** Row by row, for those whose learners have no email. The file is for its owner alone. */
async function writeLinks(app: App, actor: Actor, id: string, path: string): Promise<void> {
  const lines = async function* () {
    yield 'row,id,name,email,link\r\n'
    for (let after: number | null = 0; after !== null;) {
      const { links, next }: { links: readonly Link[]; next: number | null } = await app.perform(
        listClaimLinks,
        actor,
        { id, after },
      )
      for (const { row, id: credential, name, email, link } of links)
        yield `${row},${credential},${[name, email, link].map(cell).join(',')}\r\n`
      after = next
    }
  }
  await pipeline(lines, createWriteStream(path, { mode: 0o600 }))
}
type Link = { row: number; id: string; name: string; email: string; link: string }
