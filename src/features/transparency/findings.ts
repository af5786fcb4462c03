/** What a verification says, step by step. The words are in the catalogue: `verify.<step>.<state>`. */
export type FindingState = 'ok' | 'bad' | 'unsure'
export type Finding = { step: string; state: FindingState; values: Record<string, string | number> }

export type Findings = ReturnType<typeof newFindings>

export function newFindings() {
  const all: Finding[] = []
  const put =
    (state: FindingState) =>
    (step: string, values: Finding['values'] = {}): void => {
      all.push({ step, state, values })
    }
  return { all, ok: put('ok'), bad: put('bad'), unsure: put('unsure') }
}

export const isSound = (findings: readonly Finding[]): boolean => findings.every(({ state }) => state !== 'bad')
