/** A text on one line, each space but those that hold two words together (no-break spaces) a single ordinary one. */
export const onOneLine = (text: string): string => text.replaceAll(/[^\S\u00A0\u202F]+/g, ' ').trim()
