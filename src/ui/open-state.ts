/** Whether something that has a deadline is open, and until when. */
import { html, type Html } from '#kernel/html/html.ts'
import type { OpenState } from '#records/deadline.ts'
import { picture } from './pictures.ts'
import type { View } from './view.ts'

const signs: Record<OpenState, string> = { open: 'worked', upcoming: 'partly-worked', closed: 'stopped' }

export const openBadge = (view: View, state: OpenState): Html =>
  html`<span class="outcome ${signs[state]}" data-state="${state}">${picture(view, signs[state])} ${stateWord(view, state)}</span>`

const stateWord = ({ t }: View, state: OpenState): string =>
  ({ open: t('openState.open'), upcoming: t('openState.upcoming'), closed: t('openState.closed') })[state]

type Closing = { state: OpenState; closesOn: string; hasDeadline: boolean }

/** When it closes or closed, and where it does so without a deadline. */
export function closingWords({ t, f }: View, { state, closesOn, hasDeadline }: Closing): string {
  const date = f.day(closesOn)
  if (state === 'closed') return t('deadline.was', { date })
  return hasDeadline ? t('deadline.on', { date }) : t('deadline.unchanged', { date })
}
