/** Addresses of mail boxes, as far as they must be told apart. */
import { Type } from 'typebox'

export const Email = Type.String({
  minLength: 1,
  maxLength: 254,
  // One sign “at”, something on either side, nothing that could end a header. Whether it exists, an e-mail will show.
  pattern: '^[^\\s@<>(),;:"\\\\]{1,64}@[^\\s@<>(),;:"\\\\]+\\.[^\\s@<>(),;:"\\\\]+$',
  'x-rule': 'email',
})

/** Two spellings that nobody would give to two people are one. */
export const emailKeyOf = (email: string): string => email.trim().normalize('NFKC').toLowerCase()
