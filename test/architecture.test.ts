/** The node as it should stand: which way imports point, how large files are, that definitions and documents agree. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { sources as collections, kinds, operations } from '#app'
import { openApi } from '#kernel/reference/openapi.ts'
import { areas } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { facetNames } from '#records/facets.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { features } from '#features'
import { referenceFolder, referencePages } from '../src/commands/reference.ts'
import { circles, dependencies, partOf, readParts, type Parts } from '../tools/parts.ts'
import { belowAreas, mayImport } from './parts.ts'
import { namedTables, tableOwners } from './tables.ts'

const root = resolve(import.meta.dirname, '..')
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')

/** The source below a folder, which must be all of it: tests that look at no file would pass. */
function sourceOf(folder: string, glob?: string): Parts {
  const parts = readParts(folder, glob)
  assert.ok(parts.files.length > 300, `${parts.files.length} files in ${folder}`)
  return parts
}
const { files: sources, imports } = sourceOf(root)
const tests = globSync(['src/**/*.test.ts', 'test/*.test.ts'], { cwd: root })

/** A table that is empty, as one that found nothing is, proves nothing. */
function none<Item>(seen: number, wrong: readonly Item[], why: string) {
  assert.ok(seen > 0, 'nothing was looked at')
  assert.deepEqual(wrong, [], why)
}

test('whoever looks for the source in a folder without it is told so', () => {
  assert.throws(() => sourceOf(root, 'nowhere/**/*.ts'), /0 files/)
})

test('each part lists what it may import, and only those that stand before it', () => {
  const order = [...mayImport.keys()]
  for (const [part, list] of mayImport)
    for (const other of list) assert.ok(order.indexOf(other) < order.indexOf(part), `${part} lists ${other}`)
  assert.ok(order.length > 20)
})

test('a part imports what it lists and nothing else, and an area never imports another', () => {
  const isArea = (part: string) => part.startsWith('areas/')
  const graph = dependencies({ files: sources, imports })
  assert.ok([...graph.keys()].filter(isArea).length === 9)
  for (const { file, target } of imports) {
    const [here, there] = [partOf(file), partOf(target)]
    if (here === 'top' || here === there) continue
    const list = isArea(here) ? belowAreas : mayImport.get(here)
    assert.ok(list, `${here} is not in test/parts.ts`)
    assert.ok(list.includes(there), `${file}: ${here} does not list ${there} in test/parts.ts`)
  }
  for (const [part, list] of mayImport)
    none(
      graph.size,
      list.filter((other) => !graph.get(part)!.has(other)),
      `${part} lists what it does not import`,
    )
  assert.deepEqual(circles(graph), [])
})

test('features are put together in the order in which their parts stand', () => {
  const text = textOf('src/features.ts')
  const folderOf = new Map(
    [...text.matchAll(/import \{ (\w+) \} from '#((?:features\/)?[\w-]+)\/[\w-]*feature\.ts'/g)].map(
      ([, name, folder]) => [name!, folder!],
    ),
  )
  const listed = [...text.slice(text.indexOf('= [')).matchAll(/^ {2}(\w+),$/gm)].flatMap(
    ([, name]) => folderOf.get(name!) ?? [],
  )
  assert.ok(listed.length > 20, `${listed.length} features in folders`)
  assert.deepEqual(
    listed,
    [...mayImport.keys()].filter((part) => listed.includes(part)),
  )
})

test('an area is entered by its index alone', () => {
  const entered = imports.filter(({ file, target }) => target.startsWith('src/areas/') && partOf(file) === 'top')
  assert.ok(entered.length >= 9)
  for (const { file, target } of entered) assert.match(target, /^src\/areas\/[^/]+\/index\.ts$/, file)
})

test('a part names its own tables alone; what others need of them it lends by functions', () => {
  const owners = tableOwners(root, sources)
  const named = namedTables(root, sources)
  assert.ok(owners.size > 40 && named.length > 200, `${owners.size} tables, named ${named.length} times`)
  for (const { file, table } of named)
    assert.equal(partOf(file), owners.get(table), `${file} names ${table}, a table of ${owners.get(table)}`)
  for (const { file, target } of imports)
    if (/[/-]tables\.ts$/.test(target))
      assert.ok(
        partOf(file) === partOf(target) || !/\b\w+Tables\b/.test(importOf(file, target)),
        `${file} imports the tables of ${target}`,
      )
})
const importOf = (file: string, target: string) =>
  new RegExp(`import [^;]*?'[^']*${basename(target)}'`).exec(textOf(file))?.[0] ?? ''

test('addresses, pages and words of a part stand with it', () => {
  const addressed = sources.filter((path) => /\bweb\.route\(\s*'/.test(textOf(path)))
  assert.ok(addressed.length > 20)
  // The API makes its addresses of operations, the server those of files; sign-in, forms and lists help others with theirs.
  const helpers = [
    'src/kernel/http/api.ts',
    'src/server.ts',
    'src/accounts/signed-in.ts',
    'src/ui/form-post.ts',
    'src/features/export/list-page.ts',
  ]
  none(
    addressed.length,
    addressed.filter((path) => !/(?:^|[/.])routes\.ts$/.test(path) && !helpers.includes(path)),
    'addresses stand in routes.ts',
  )
  const pages = sources.filter((path) => /\bpage\(view, \{/.test(textOf(path)) && path !== 'src/ui/layout.ts')
  none(
    pages.length,
    pages.filter((path) => basename(dirname(path)) !== 'pages'),
    'pages stand in pages/',
  )
  const stray = globSync('src/**/locales', { cwd: root }).filter((path) => partOf(join(path, 'en.json')) === 'top')
  none(sources.length, stray, 'words stand in a part')
})

test('a page says its words from catalogues of its own part and of those below it', () => {
  const ownerOf = new Map(
    globSync('src/**/locales/en.json', { cwd: root }).flatMap((path) =>
      Object.keys(JSON.parse(textOf(path)) as object).map((key) => [key, partOf(path)] as const),
    ),
  )
  const graph = dependencies({ files: sources, imports })
  const said = sources.flatMap((path) =>
    [...textOf(path).matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => ({ path, key: key!, from: ownerOf.get(key!) })),
  )
  assert.ok(said.length > 500, `${said.length} words`)
  const wrong = said.filter(({ path, from, key }) => {
    const here = partOf(path)
    // The names of kinds stand with the kinds, and every page that shows records uses them.
    return from && from !== here && here !== 'top' && !graph.get(here)!.has(from) && !key.startsWith('kind.')
  })
  none(said.length, wrong, 'words of another part')
})

test('a test of one feature stands with it', () => {
  assert.ok(tests.length > 100, `${tests.length} tests`)
  const general = tests.filter((path) => path.startsWith('test/'))
  const partsOf = (path: string) =>
    new Set(
      [...textOf(path).matchAll(/from '#((?:features|areas)\/[\w-]+|accounts|search)\//g)].map(([, part]) => part!),
    )
  // What opens a whole node, or its processes, is about more than the part of which it takes a function.
  const opensApp = (path: string) => /from '#(?:app|features)'/.test(textOf(path))
  none(
    general.length,
    general.filter((path) => partsOf(path).size === 1 && !opensApp(path)),
    'a test of one part',
  )
})

/** Vocabularies are records of kinds that stand in that folder itself. */
const isOfVocabularies = (path: string) => path.startsWith('src/records/vocabularies/')
const withoutComments = (text: string) => text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')

/** Where general parts name a kind, and why they must. */
const kindsNamed: Readonly<Record<string, string>> = {
  'src/records/sources/named-organisations.ts': 'Importers of any area make organisations of names with it.',
  'src/search/best-bet.ts': 'It defines this kind.',
  'src/search/query/lexicon.ts': 'Facets go by these names, of which one is also that of a kind.',
  'src/records/facets.ts': 'Facets go by these names, of which one is also that of a kind.',
  'src/records/check.ts': 'A rule is told with its vocabulary, which is also the name of a kind.',
  'src/records/kind.ts': 'Types of citations go by these names, of which one is also that of a kind.',
  'src/search/pages/search-views.ts': 'Facets go by these names, of which one is also that of a kind.',
  'src/ui/layout.ts': 'The first entry of the navigation leads to the practices.',
  'src/features/portal/home.routes.ts': 'The front page leads with practices, lessons and approaches.',
  'src/features/portal/gathering.routes.ts': 'Pages of countries, areas, languages and subjects lead with practices.',
  'src/features/portal/pages/gathering.ts': 'Pages of countries, areas, languages and subjects lead with practices.',
  'src/features/portal/pages/numbers.ts': 'What people come for is counted first.',
  'src/features/portal/leads.ts': 'The pages of these kinds begin with the questions that readers ask of them.',
  'src/features/portal/pages/practice-page.ts': 'Fields go by these names, of which some are also those of kinds.',
  'src/features/portal/pages/home.ts': 'The questions that it offers are written out; each is an address of search.',
  'src/features/portal/pages/examples.ts': 'It shows components with made-up records.',
}

test('what concerns a kind is said in the kind: general parts name none', () => {
  const general = sources.filter((path) =>
    ['kernel', 'records', 'ui', 'search', 'features/portal', 'features/export', 'features/history'].includes(
      partOf(path),
    ),
  )
  assert.ok(general.length > 100 && kinds.size > 20)
  // A person is also who acts.
  const names = [...kinds.keys()].filter((name) => name !== 'person').join('|')
  const naming = new RegExp(`'(?:${names})'|[?&]kind=(?:${names})\\b|\\bkind\\.(?:${names})\\.`)
  const found = general.filter((path) => !isOfVocabularies(path) && naming.test(withoutComments(textOf(path))))
  assert.deepEqual(found.sort(), Object.keys(kindsNamed).sort())
})

test('the name of a file says what it holds', () => {
  const named = [...sources, ...tests]
  none(
    named.length,
    named.filter((path) =>
      /^(?:more-.*|others?|texts?|utils?|helpers?|misc|stuff)\.(?:test\.)?ts$/.test(basename(path)),
    ),
    'a name for anything',
  )
})

test('only the database folder opens a database, and no SQL of one engine stands elsewhere', () => {
  for (const path of sources.filter((one) => !one.startsWith('src/kernel/database/')))
    assert.doesNotMatch(textOf(path), /node:sqlite|from 'pg'|json_each|json_extract|::jsonb|pg_advisory|pragma /, path)
})

test('nothing but the entrance reads the environment or the clock', () => {
  for (const path of sources.filter((one) => one !== 'src/main.ts'))
    assert.doesNotMatch(textOf(path), /process\.env|Date\.now\(\)|new Date\(\)|Math\.random/, path)
})

/** Where randomness does not come in with the context, and why. */
const randomHere: Readonly<Record<string, string>> = {
  'src/main.ts': 'It is the entrance.',
  'src/kernel/http/uploads.ts': 'Names of files that are gone when the request is.',
  'src/commands/import.ts': 'The name of a file that is gone when the command is.',
  'src/commands/import-file.ts': 'The name of a file that is gone when the command is.',
  'src/commands/import-values.ts': 'The name of a file that is gone when the command is.',
  'src/areas/recognition/wallets/library.ts': 'The library of wallets asks for it with no context.',
}

test('randomness comes in, but for names of files that nobody sees', () => {
  const found = sources.filter((path) => /\brandom(?:UUID|Bytes|Int|FillSync)\b|getRandomValues/.test(textOf(path)))
  assert.deepEqual(found.sort(), Object.keys(randomHere).sort())
})

test('nothing but the outbound door reaches the network, and the scanner that the operator has', () => {
  const doors = ['src/kernel/outbound.ts', 'src/kernel/scanner.ts']
  for (const path of sources.filter((one) => !doors.includes(one)))
    assert.doesNotMatch(textOf(path), /\bfetch\(|node:https'|undici|\bconnect\b[^\n]*node:net'/, path)
})

test('the tree in the document of the architecture names every feature, in the order in which they stand', () => {
  const tree = /├── features\/([^]*?)\n├── areas\//.exec(textOf('docs/architecture.md'))?.[1] ?? ''
  const named = tree.split(/[\s│]+/).filter(Boolean)
  const folders = globSync('src/features/*/', { cwd: root }).map((path) => basename(path))
  assert.ok(folders.length > 30, `${folders.length} features`)
  assert.deepEqual([...named].sort(), folders.sort())
  assert.deepEqual(
    named.map((name) => `features/${name}`),
    [...mayImport.keys()].filter((part) => part.startsWith('features/')),
  )
})

test('files stay small', () => {
  for (const path of sources) assert.ok(textOf(path).split('\n').length <= 320, `${path} is too long`)
})

test('every area has its page, its module and its words', () => {
  for (const area of areas.filter((one) => one !== 'clearing-house')) {
    assert.ok(
      features.some(({ name }) => name === area),
      area,
    )
    assert.ok(existsSync(join(root, `src/areas/${area}/README.md`)), `src/areas/${area}/README.md`)
    assert.ok(existsSync(join(root, `docs/areas/${area}.md`)), `docs/areas/${area}.md`)
  }
})

test('fields name vocabularies, facets and kinds that exist', () => {
  for (const kind of kinds.values())
    for (const { name, field } of fieldsOf(kind)) {
      if (field.vocabulary) assert.ok(codeList(field.vocabulary), `${kind.name}.${name}: ${field.vocabulary}`)
      if (field.usual) assert.ok(codeList(field.usual), `${kind.name}.${name}: ${field.usual}`)
      if (field.facet)
        assert.ok((facetNames as readonly string[]).includes(field.facet), `${kind.name}.${name}: ${field.facet}`)
      for (const to of field.to ?? []) assert.ok(kinds.has(to), `${kind.name}.${name}: ${to}`)
    }
  for (const { name, kinds: given } of collections.values())
    for (const kind of given) assert.ok(kinds.has(kind), `${name}: ${kind}`)
})

test('every operation is in the API description, once, and every reference in it leads somewhere', () => {
  const description = openApi(operations, { title: 'Qingdao', version: '0', server: 'http://localhost' }) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const ids = Object.values(description.paths).flatMap((item) =>
    Object.values(item).map(({ operationId }) => operationId),
  )
  assert.deepEqual(ids.sort(), operations.map(({ name }) => name).sort())
  const text = JSON.stringify(description)
  for (const [, reference] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = reference!.split('/').reduce<any>((at, step) => at?.[step], description)
    assert.ok(target, reference)
  }
})

test('the reference pages are those the definitions make', () => {
  for (const [name, text] of Object.entries(referencePages()))
    assert.equal(
      readFileSync(join(referenceFolder, name), 'utf8'),
      text,
      `docs/reference/${name} is out of date: npm run qingdao -- reference`,
    )
})

test('decisions, documents and the README name only files that exist', () => {
  for (const path of globSync(['*.md', 'docs/**/*.md', 'src/**/README.md'], { cwd: root }))
    for (const [, target] of textOf(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g))
      assert.ok(existsSync(resolve(root, dirname(path), target!)), `${path} → ${target}`)
})

test('every picture stands in a document', () => {
  const pictures = globSync('docs/images/*', { cwd: root })
  const shown = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).flatMap((path) =>
    [...textOf(path).matchAll(/!\[[^\]]+\]\(([^)\s]+)\)/g)].map(([, target]) => resolve(root, dirname(path), target!)),
  )
  none(
    pictures.length,
    pictures.filter((path) => !shown.includes(resolve(root, path))),
    'a picture that no document shows',
  )
})

test('every schema is valid JSON Schema 2020-12', () => {
  const ajv = new Ajv2020({ strict: false })
  for (const { name, input, output } of operations)
    for (const schema of [input, output]) assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`)
  for (const kind of kinds.values()) assert.ok(ajv.validateSchema(kind.body), `${kind.name}: ${ajv.errorsText()}`)
})
