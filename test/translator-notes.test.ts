/** What translators are told beside a message, and that it stays with them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn, readCatalogue, readNotes } from '#kernel/i18n/messages.ts'
import { testApp } from './app.ts'

const english = readCatalogue('en')
const notes = readNotes('en')

/** The names of what is filled in. */
function argumentsOf(message: string): string[] {
  const found = new Set<string>()
  const visit = (parts: any[]) => {
    for (const part of parts) {
      if (part.type !== 0 && part.type !== 7 && part.value) found.add(part.value)
      for (const option of Object.values(part.options ?? {}) as any[]) visit(option.value)
    }
  }
  visit(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as any[])
  return [...found]
}
/** It may be a noun, a verb or an adjective: “Change”, “Open”, “Review”. */
const isSingleWord = (message: string) => /^[\p{L}-]+[.:?]?$/u.test(message)

test('each message in which something is filled in has a note that says of each what it is', () => {
  const filled = Object.entries(english).filter(([, message]) => argumentsOf(message).length > 0)
  assert.ok(filled.length > 500)
  assert.deepEqual(
    filled.flatMap(([key, message]) =>
      argumentsOf(message)
        .filter((name) => !new RegExp(`\\{${name}\\}(?:, \\{\\w+\\})*: \\S`).test(notes[key] ?? ''))
        .map((name) => `"@${key}": {"description": "… {${name}}: …"}`),
    ),
    [],
  )
})

test('each message of a single word has a note that says where it stands', () => {
  const single = Object.entries(english).filter(([, message]) => isSingleWord(message))
  assert.ok(single.length > 500)
  assert.deepEqual(
    single.filter(([key]) => (notes[key] ?? '').length < 10).map(([key, word]) => `"@${key}" (${word})`),
    [],
  )
})

test('notes name no message that is not there and nothing that is not filled in', () => {
  assert.deepEqual(
    Object.entries(notes).flatMap(([key, note]) => {
      const known = key in english ? argumentsOf(english[key]!) : []
      const named = [...note.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
      return key in english ? named.filter((name) => !known.includes(name)).map((name) => `${key}: ${name}`) : [key]
    }),
    [],
  )
})

test('notes are neither kept in memory nor shown', async () => {
  for (const language of languages)
    assert.deepEqual(
      Object.keys(readCatalogue(language)).filter((key) => key.startsWith('@')),
      [],
    )
  const node = await testApp()
  const note = notes['search.button']!
  assert.match(note, /verb/)
  const { body } = await node.get('/en/search')
  assert.match(body, /Search/)
  assert.ok(!body.includes(note))
  assert.match(messagesIn('en')('@search.button' as 'search.button'), /\[en\]$/, 'as of a message that is not there')
})
