/** A badge from a few words: Open Badges 3.0, for a learner who is known by an identifier made for this badge alone. */
import { isDay } from '#kernel/days.ts'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { violation } from '#kernel/problem.ts'
import { newUrn } from '#kernel/urn.ts'
import { canBeSuspended, issue, Issued, suites } from './issue.ts'

const words = (max: number, description: string) =>
  Type.String({ minLength: 1, maxLength: max, pattern: '\\S', description })

const Input = Type.Object(
  {
    name: words(200, 'What was achieved'),
    description: words(2_000, 'What somebody can do who achieved it'),
    criteria: words(2_000, 'What had to be done for it, and how that was assessed'),
    learner: Type.String({ maxLength: 200, default: '', description: 'Their name, if they want it in the badge' }),
    until: Type.String({
      pattern: '^(?:\\d{4}-\\d{2}-\\d{2})?$',
      default: '',
      description: 'The last day on which it is valid',
    }),
    suite: Type.Enum([...suites], { default: 'eddsa-rdfc-2022' }),
    canBeSuspended,
  },
  closed,
)

const contexts = ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json']

export const issueBadge = operation({
  name: 'credentials.issueBadge',
  summary: 'Issue a badge (Open Badges 3.0) from the words that describe it',
  http: 'POST /badges',
  input: Input,
  output: Issued,
  allow: permission('record.publish'),
  run: async (context, { suite, canBeSuspended: suspends, ...told }) =>
    issue(context, { credential: badgeOf(context, told), suite, canBeSuspended: suspends }),
})

function badgeOf(
  { random, now }: Context,
  { name, description, criteria, learner, until }: Omit<Static<typeof Input>, 'suite' | 'canBeSuspended'>,
): object {
  const validUntil = until && `${until}T23:59:59Z`
  // A day that does not exist, or one that has passed already.
  if (validUntil && !(isDay(until) && validUntil > now().toISOString())) throw violation('until', 'dayAhead')
  return {
    '@context': contexts,
    id: newUrn(random),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: name.trim(),
    ...(validUntil && { validUntil }),
    credentialSubject: {
      id: newUrn(random),
      type: ['AchievementSubject'],
      ...(learner.trim() && { name: learner.trim() }),
      achievement: {
        id: newUrn(random),
        type: ['Achievement'],
        name: name.trim(),
        description: description.trim(),
        criteria: { narrative: criteria.trim() },
      },
    },
  }
}
