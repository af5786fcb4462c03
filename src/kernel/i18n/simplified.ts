/** Chinese in one form: a Traditional character becomes the Simplified one, in texts and questions alike. */
import table from './simplified.json' with { type: 'json' }

const traditional = table.traditional.join('')
const simplified = table.simplified.join('')
const forms = new Map(Array.from(traditional, (character, at) => [character, simplified[at]!]))
const anyTraditional = new RegExp(`[${traditional}]`, 'g')

export const simplifiedOf = (text: string): string =>
  text.replace(anyTraditional, (character) => forms.get(character) ?? character)
