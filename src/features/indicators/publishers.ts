/** Names of publishers of statistics in the languages of the site; records keep the name in English. */
import written from './publishers.json' with { type: 'json' }

const names = new Map<string, Readonly<Record<string, string>>>(Object.entries(written))

/** What a publisher calls itself in a language; its name as the record has it where none is known. */
export const publisherIn = (language: string, name: string): string => names.get(name)?.[language] ?? name
