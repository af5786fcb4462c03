/** What the documentation shows as a command or an address is taken as it stands there. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { understand } from '../src/commands/shell.ts'
import { addressesOf } from './addresses.ts'
import { appWithStory } from './story.ts'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync('docs/{operate,standards,reference,guide}/*.md'),
  'docs/federation.md',
]
const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]))

/** Lines of code blocks, joined where they go on, and what stands between backticks. */
function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block]) =>
    block!.replaceAll(/\\\n\s*/g, '').split('\n'),
  )
  const inline = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
  return [...blocks, ...inline].map((line) => line.trim())
}
const shown = [...texts].flatMap(([page, text]) => codeOf(text).map((code) => ({ page, code })))

/** The words of a command line, without what the shell does with it. */
const wordsOf = (line: string): string[] =>
  [...line.replace(/\s(?:[|>;&]|#|2>).*$/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare!,
  )

test('each command of the documentation is one that there is, with options that it takes', () => {
  const lines = shown.flatMap(({ page, code }) => {
    const [, line] =
      /^(?:[A-Z_]+=\S+ )*(?:npm run (?:-s )?qingdao -- |npx qingdao |qingdao |node bin\/qingdao\.js )(.+)$/.exec(
        code,
      ) ?? []
    // Two lines of what is signed begin so too.
    return line && !/^(?:key |log\/)/.test(line) ? [{ page, line }] : []
  })
  assert.ok(lines.length > 80, String(lines.length))
  const wrong = lines.flatMap(({ page, line }) => {
    // What stands for the rest of a line is no word of it.
    const words = wordsOf(
      line
        .replace(/> …$/, '>')
        .replaceAll(/<[^>]*>/g, 'something')
        .replaceAll('…', 'something'),
    )
    // Help is for commands, their operations, and two lists.
    if (words[0] === 'help') return []
    try {
      const { command, op } = understand(words)
      return (command ?? op) ? [] : [`${page}: ${line}: no such command`]
    } catch (error) {
      return [`${page}: ${line}: ${String(error)}`]
    }
  })
  assert.deepEqual(wrong, [])
})

test('each script and program that the documentation names is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const bench = readFileSync('bench/run.ts', 'utf8')
  const wrong = shown.flatMap(({ page, code }) => {
    const [, script] = /^npm (?:run )?(?:-s )?([a-z][\w:-]*)/.exec(code) ?? []
    const [, file] = /^node (?:--test )?((?:tools|bench|test|bin|src)\/\S+)/.exec(code) ?? []
    const [, measured = ''] = /^(?:npm run bench -- |node bench\/run\.ts )([a-z][a-z -]*)/.exec(code) ?? []
    return [
      ...(script && !['ci', 'install', 'pack', 'start', 'test', 'run'].includes(script) && !(script in scripts)
        ? [`${page}: npm run ${script}`]
        : []),
      ...(file && !existsSync(file) ? [`${page}: ${file}`] : []),
      ...measured
        .split(' ')
        .filter((name) => name && !bench.includes(name))
        .map((name) => `${page}: bench ${name}`),
    ]
  })
  assert.deepEqual(wrong, [])
})

test('each address that the documentation names is one that the node answers, with what stands behind its question mark', async () => {
  const node = await appWithStory()
  // What is given to other nodes is signed with the key of the log.
  await node.app.log.follow()
  const known = Object.fromEntries(
    (['GET', 'POST', 'PUT', 'DELETE'] as const).map((method) => [method, addressesOf(node, method).map(patternOf)]),
  )
  const asked = shown.flatMap(({ page, code }) => {
    const [, method = 'GET', address] = /^(?:(GET|POST|PUT|DELETE) )?(\/[a-z.][^\s`]*)$/i.exec(code) ?? []
    return address && !/…|\*|^\/(?:var|etc|run|tmp|home|usr)\b|\/$/.test(address) ? [{ page, method, address }] : []
  })
  assert.ok(asked.length > 120, String(asked.length))
  const wrong: string[] = []
  for (const { page, method, address } of asked) {
    const [path = '', query] = address
      .replaceAll('<place>', '0')
      .replaceAll(/<[a-z ]+>|\{\w+\}/gi, node.id)
      .split('?')
    const isThere = known[method]!.some((pattern) => pattern.test(path.replace(/^\/(?:ar|en|es|fr|ru|zh)(?=\/)/, '')))
    const answer = isThere && query !== undefined && method === 'GET' ? await node.get(`${path}?${query}`) : undefined
    if (!isThere || answer?.statusCode === 400) wrong.push(`${page}: ${method} ${address}`)
  }
  assert.deepEqual(wrong, [])
})

const patternOf = (address: string): RegExp =>
  new RegExp(
    `^${address
      .replaceAll('.', '\\.')
      .replaceAll(/\([^)]*\)/g, '')
      .replaceAll(':', '[^/]+')
      .replaceAll('*', '.*')}$`,
  )
