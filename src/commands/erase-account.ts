/** `qingdao erase-account`: the person who runs the machine erases the account of somebody who asked for it. */
import { Problem } from '#kernel/problem.ts'
import { shell } from '#kernel/context.ts'
import type { AccountLine } from '#accounts/manage-accounts.ts'
import { emailKeyOf } from '#accounts/email.ts'
import type { Command } from './command.ts'

export const eraseAccountCommand: Command = {
  name: 'erase-account',
  takes: '<email>',
  examples: [
    'qingdao erase-account amina@example.org --yes',
    'qingdao erase-account amina@example.org --keep-name --yes',
  ],
  settings: ['dataDir', 'databaseUrl'],
  flags: [
    { name: 'keep-name', about: 'cli.flag.keepName' },
    { name: 'yes', about: 'cli.flag.yes' },
  ],
  run: async ({ given, flags, withApp, terminal, t }) => {
    const [email] = given
    if (!email) throw new Problem('badFlag', { flag: 'erase-account', what: eraseAccountCommand.takes })
    if (flags.yes?.at(-1) !== 'true')
      throw new Problem('notConfirmed', { command: `erase-account ${email}`, also: 'none' })
    return withApp(async (app) => {
      if (!app.database.writable) throw new Problem('readOnly')
      await app.follow()
      const found = await app.perform(app.operation('accounts.list')!, shell, { q: email, limit: 100 })
      const { accounts } = found as { accounts: AccountLine[] }
      const account = accounts.find((one) => emailKeyOf(one.email) === emailKeyOf(email))
      if (!account) throw new Problem('noAccount', { email })
      const keepName = flags['keep-name']?.at(-1) === 'true'
      const noProof = { password: '', session: '' }
      await app.perform(app.operation('accounts.eraseFor')!, shell, { id: account.id, keepName, ...noProof })
      await app.followOwn()
      await app.saveSearch()
      terminal.say(t('cli.erase-account.done', { email }))
      return 0
    })
  },
}
