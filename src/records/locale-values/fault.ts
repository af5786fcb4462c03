/** Why something that was written is no number, date or amount: the rule whose words say how to mend it. */
export type Fault = {
  fault:
    'number' | 'wholeNumber' | 'date' | 'dateOrder' | 'noSuchDay' | 'period' | 'year' | 'currency' | 'currencyUnclear'
  values: Record<string, string>
}

export const fault = (rule: Fault['fault'], text: string): Fault => ({ fault: rule, values: { text: shortened(text) } })

const longest = 60
const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)

export const isFault = (read: unknown): read is Fault => typeof read === 'object' && read !== null && 'fault' in read
