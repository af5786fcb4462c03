/** `qingdao recover-access`: the person who runs the machine makes a link for somebody who can no longer sign in. */
import { Problem } from '#kernel/problem.ts'
import type { Command } from './command.ts'

export const recoverAccessCommand: Command = {
  name: 'recover-access',
  takes: '<email>',
  examples: [
    'qingdao recover-access amina@example.org',
    'qingdao recover-access amina@example.org --public-url https://example.org',
  ],
  settings: ['dataDir', 'databaseUrl', 'publicUrl'],
  flags: [],
  run: async ({ given, withApp, terminal }) => {
    const [email] = given
    if (!email) throw new Problem('badFlag', { flag: 'recover-access', what: recoverAccessCommand.takes })
    return withApp(async (app) => {
      if (!app.database.writable) throw new Problem('readOnly')
      const link = await app.vouchedLink(email)
      if (link === null) throw new Problem('noAccount', { email })
      terminal.say(`${app.runtime.services.site.address}${link}`)
      return 0
    })
  },
}
