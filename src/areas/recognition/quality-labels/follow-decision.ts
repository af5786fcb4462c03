/** A label says what its decision said: when that is withdrawn or says something else, the label is revoked. */
import type { Context } from '#kernel/context.ts'
import type { Changed } from '#kernel/hooks.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { qualityDecision } from '../decisions/quality-decision.ts'
import { changeState } from '../issuing/status.ts'
import { issuing } from '../issuing/store.ts'
import { qualityLabels } from './store.ts'

/** What a label repeats of its decision; words that explain may be mended. */
const repeated = ['decidesOn', 'agencies', 'qualityStandard', 'qualityResult', 'decidedOn', 'validUntil'] as const

const saidIn = (body: object): string =>
  canonicalJson(repeated.map((name) => (body as Record<string, unknown>)[name] ?? null))

export async function followDecision(context: Context, { action, before, after }: Changed): Promise<void> {
  if (before.kind !== qualityDecision.name) return
  const isWithdrawn = action === 'withdraw'
  if (!isWithdrawn && saidIn(before.body) === saidIn(after.body)) return
  for (const { credentialId } of await qualityLabels(context.db).ofDecisions([before.id])) {
    const issued = await issuing(context.db).find(credentialId)
    if (issued && issued.state !== 'revoked')
      await changeState(context, issued, 'revoked', isWithdrawn ? 'decisionWithdrawn' : 'decisionChanged')
  }
}
