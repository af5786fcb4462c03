/** What people show in the network of expertise, and the messages they sent and received; all of it goes with them. */
import type { PersonalData } from '#kernel/personal-data.ts'
import { expertMessages, experts } from './store.ts'

const mostExported = 10_000

export const personalData: PersonalData = {
  columns: [
    { table: 'expert', column: 'accountId', erased: true, exported: true },
    { table: 'expert_message', column: 'fromId', erased: true, exported: true },
    { table: 'expert_message', column: 'toId', erased: true, exported: true },
  ],
  exportOf: async ({ db }, { id }) => {
    const row = await experts(db).ofAccount(id)
    const messages = await expertMessages(db).of(id, mostExported)
    return {
      expertise: row ? { profile: JSON.parse(row.profile) as unknown, changedAt: row.changedAt } : null,
      expertMessages: messages.map(({ fromId, toId: _, ...rest }) => ({ ...rest, sent: fromId === id })),
    }
  },
  erase: async ({ db }, { id }) => {
    await experts(db).drop(id)
    await expertMessages(db).dropOf(id)
  },
}
