/** What the command line says of itself: each help fits a screen, shows two examples, and shells complete from it. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { operations } from '#app'
import { flagOf, settingNames } from '#kernel/config.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { screenWidth, widthOf, wrapped } from '#kernel/cli/columns.ts'
import { freshFolder } from '../../test/temporary.ts'
import { commands, runShell, understand } from './shell.ts'
import { examplesOf } from './help.ts'

const screenLines = 24
/** Words of some languages are longer than English ones. */
const linesElsewhere = 26

/** What a command line prints, in a language. */
async function said(line: string, language = 'en'): Promise<string> {
  let text = ''
  const out = () => new Writable({ write: (chunk, _, done) => done(void (text += String(chunk))) })
  const status = await runShell(line.split(' ').filter(Boolean), {
    env: { LANG: language },
    out: out() as NodeJS.WriteStream,
    err: out() as NodeJS.WriteStream,
    environment: { now: () => new Date(0), random: (size) => new Uint8Array(size), fetch: () => assert.fail() },
  })
  assert.equal(status, 0, text)
  return text.trimEnd()
}
const tooLarge = (help: string, language: string) =>
  help.split('\n').length > (language === 'en' ? screenLines : linesElsewhere) ||
  help.split('\n').some((line) => widthOf(line) > screenWidth)

test('“qingdao” alone says how to start, import, check and get help first, on one screen in each language', async () => {
  for (const language of languages) {
    const help = await said('', language)
    assert.equal(tooLarge(help, language), false, help)
    const named = help.split('\n').flatMap((line) => /^ {2}([a-z]\S*(?: <command>)?) {2}/.exec(line)?.[1] ?? [])
    assert.deepEqual(named.slice(0, 4), ['start', 'import', 'doctor', 'help <command>'])
    for (const { name } of commands.filter((one) => !one.isLeftOut)) assert.ok(named.includes(name), name)
  }
})

test('the help of each command fits a screen in each language and lists the settings that matter to it', async () => {
  for (const language of languages)
    for (const { name, settings } of commands) {
      const help = await said(`${name} --help`, language)
      assert.equal(tooLarge(help, language), false, `${language} ${help}`)
      const listed = settingNames.filter(
        (setting) => help.includes(`  --${flagOf(setting)} `) || help.includes(`  --${flagOf(setting)}\n`),
      )
      assert.deepEqual(listed.sort(), [...settings].sort(), name)
    }
})

/** So many fields that naming them takes a screen. */
const longest = ['practices share']

test('the help of each operation fits a screen, and is narrower than a terminal where it does not', async () => {
  for (const { name } of operations) {
    const line = name.replace('.', ' ')
    const help = await said(`${line} --help`)
    const isLong = longest.includes(line)
    assert.equal(help.split('\n').length > screenLines, isLong, help)
    assert.ok(
      help.split('\n').every((one) => widthOf(one) <= screenWidth),
      help,
    )
  }
})

test('each help shows two examples, which are taken as they stand', async () => {
  const all = [
    ...commands.map(({ name, examples }) => [name, examples] as const),
    ...operations.map((op) => [op.name.replace('.', ' '), examplesOf(op)] as const),
  ]
  for (const [name, examples] of all) {
    const help = await said(`${name} --help`)
    for (const example of examples) {
      assert.ok(help.includes(`\n  ${example}\n`), `${name}: ${example}`)
      const [line = ''] = example.split(/ [|<>&]/)
      const { command, op } = understand(line.split(' ').slice(1))
      assert.equal(command?.name ?? op?.name.replace('.', ' '), name)
    }
    assert.equal(new Set(examples).size, 2)
  }
})

test('the help of each group of operations fits a screen, names all of them and shows two examples', async () => {
  const nouns = new Set(operations.filter(({ name }) => name.includes('.')).map(({ name }) => name.split('.')[0]!))
  const known = new Set([...commands, ...operations].map(({ name }) => name))
  const groups = [...nouns].filter((noun) => !known.has(noun))
  assert.ok(groups.includes('indicators') && groups.length > 50)
  for (const noun of groups) {
    const help = await said(`${noun} --help`)
    assert.equal(tooLarge(help, 'en'), false, help)
    assert.equal(help.split('\n').filter((line) => line.startsWith(`  qingdao ${noun} `)).length, 2, help)
    for (const { name } of operations.filter((one) => one.name.startsWith(`${noun}.`)))
      assert.ok(help.includes(name.slice(noun.length + 1)), `${noun}: ${name}`)
  }
  assert.match(await said('indicators --help'), /^Usage: qingdao indicators <operation> \[options\]\n\nExamples:\n/)
})

test('“help operations” and “help settings” list all', async () => {
  const settings = await said('help settings')
  for (const name of settingNames) assert.ok(settings.includes(`  --${flagOf(name)}, `), name)
  const list = await said('help operations')
  for (const { name } of operations) assert.ok(list.includes(name.split('.').at(-1)!), name)
})

/** What bash offers at the end of a line. */
async function offeredByBash(line: string): Promise<string[]> {
  const script = join(freshFolder(), 'completion')
  writeFileSync(script, `${await said('completion bash')}\n`)
  const words = line.split(' ')
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '-c',
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _qingdao; printf "%s\\n" "${COMPREPLY[@]}"',
      '-',
      script,
      ...words,
    ],
    { encoding: 'utf8' },
  )
  assert.equal(stderr, '')
  return stdout.split('\n').filter(Boolean)
}

test('bash completes commands, their words, operations and options', async () => {
  assert.deepEqual(await offeredByBash('qingdao st'), ['start', 'studies', 'stewardship', 'statistics'])
  assert.deepEqual(await offeredByBash('qingdao import af'), ['african-storybook'])
  const ofLog = ['rotate-key', 'revoke-key', 'begin', '--since', '--yes', '--data-dir', '--database-url', '--help']
  assert.deepEqual(await offeredByBash('qingdao log '), ofLog)
  assert.deepEqual(await offeredByBash('qingdao records rea'), ['read'])
  assert.deepEqual(await offeredByBash('qingdao records read --i'), ['--id'])
  assert.deepEqual(await offeredByBash('qingdao sources ingest --da'), ['--data-dir', '--database-url'])
  assert.deepEqual(await offeredByBash('qingdao completion '), ['bash', 'zsh', 'fish', '--help'])
})

test('zsh and fish are told the same commands and options', async () => {
  for (const shell of ['zsh', 'fish']) {
    const script = await said(`completion ${shell}`)
    for (const { name } of commands) assert.match(script, new RegExp(`'${name}[':]`), `${shell} ${name}`)
    for (const word of ['african-storybook', 'rotate-key', 'records read', 'public-url'])
      assert.ok(script.includes(word), `${shell} ${word}`)
  }
})

test('a long text is wrapped where its script allows', () => {
  assert.deepEqual(wrapped('one two three', 7), ['one two', 'three'])
  for (const line of wrapped('可以重复运行或中断：已有的记录不会改动。', 20)) {
    assert.ok(widthOf(line) <= 20)
    assert.doesNotMatch(line, /^[：。]/)
  }
})
