/** The state of a commitment: a sign and its word, so that colour says nothing alone. */
import { html, type Html } from '#kernel/html/html.ts'
import { picture } from '#ui/pictures.ts'
import type { View } from '#ui/view.ts'
import type { SilenceState } from '../silence.ts'

/** By state: the drawn sign, and the class that colours it. */
const signs: Record<SilenceState, { sign: string; colour: string }> = {
  current: { sign: 'worked', colour: 'worked' },
  late: { sign: 'partly-worked', colour: 'partly-worked' },
  overdue: { sign: 'did-not-work', colour: 'did-not-work' },
  inactive: { sign: 'stopped', colour: 'stopped' },
  completed: { sign: 'recognition', colour: 'worked' },
}

export const stateWord = (view: View, state: SilenceState): string =>
  ({
    current: view.t('commitment.state.current'),
    late: view.t('commitment.state.late'),
    overdue: view.t('commitment.state.overdue'),
    inactive: view.t('commitment.state.inactive'),
    completed: view.t('commitment.state.completed'),
  })[state]

export const stateBadge = (view: View, state: SilenceState): Html =>
  html`<span class="outcome ${signs[state].colour}" data-state="${state}">${picture(view, signs[state].sign)} ${stateWord(view, state)}</span>`

/** Since when nobody has reported: the day of the last report, where there is one. */
export const silence = ({ t, f }: View, since: string, hasReport: boolean): string =>
  hasReport ? t('commitment.lastReport', { date: f.day(since) }) : t('commitment.silentSince', { date: f.day(since) })
