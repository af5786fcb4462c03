/** The house as it should stand: which way imports point, how large files are, that definitions and documents agree. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { collections, kinds, operations } from '#app'
import { openApi } from '#kernel/reference/openapi.ts'
import { rooms } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { facetNames } from '#records/facets.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { features } from '#features'
import { referenceFolder, referencePages } from '../src/commands/reference.ts'

const root = resolve(import.meta.dirname, '..')
const sources = globSync('src/**/*.ts', { cwd: root }).filter(
  (path) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'),
)
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
const importsOf = (path: string) =>
  [...textOf(path).matchAll(/(?:from|import) '([#.][^']+)'/g)].map(([, name]) => name!)

/** A feature’s value puts its parts together, its addresses too, so it stands above them all wherever it lies. */
const isFeature = (path: string) => /(?:^|[/-])feature\.ts$/.test(path) && !path.startsWith('src/kernel/')
/** `areas/open`, `house`, `core`, `standards`, or `top` for what puts it all together. */
const partOf = (path: string) =>
  isFeature(path) ? 'top' : (/^src\/(areas\/[^/]+|core|standards|house)\//.exec(path)?.[1] ?? 'top')
const targetOf = (from: string, name: string) =>
  name.startsWith('#')
    ? `src/${name.slice(1)}${/\.\w+$/.test(name) ? '' : '.ts'}`
    : relative(root, resolve(root, dirname(from), name))

test('imports point one way: core and standards, then house, then areas, then the top; areas never to one another', () => {
  for (const path of sources)
    for (const name of importsOf(path)) {
      const [here, there] = [partOf(path), partOf(targetOf(path, name))]
      const may =
        here === 'top' ||
        here === there ||
        (here === 'standards' && there === 'core') ||
        (here === 'house' && ['core', 'standards'].includes(there)) ||
        (here.startsWith('areas/') && ['core', 'standards', 'house'].includes(there))
      assert.ok(may, `${path} (${here}) may not import ${name} (${there})`)
    }
})

test('the folder of a feature imports none of a feature that comes after it in the list', () => {
  const list = textOf('src/features.ts')
  const folderOf = new Map(
    [...list.matchAll(/import \{ (\w+) \} from '#house\/([\w-]+)\/feature\.ts'/g)].map(([, name, folder]) => [
      name!,
      folder!,
    ]),
  )
  const order = [...list.slice(list.indexOf('= [')).matchAll(/^ {2}(\w+),$/gm)].flatMap(
    ([, name]) => folderOf.get(name!) ?? [],
  )
  assert.ok(order.length > 10, `${order.length} features in folders`)
  const ofEditorial = new Set(['reviewing', 'curation'])
  const placeOf = (path: string) => {
    const folder = /^src\/house\/([\w-]+)\//.exec(path)?.[1] ?? ''
    return order.indexOf(ofEditorial.has(folder) ? 'drafts' : folder)
  }
  const files = sources.filter((path) => placeOf(path) >= 0 && !isFeature(path))
  assert.ok(files.length > 200, `${files.length} files of features`)
  for (const path of files)
    for (const name of importsOf(path)) {
      const target = targetOf(path, name)
      assert.ok(placeOf(target) <= placeOf(path), `${path} may not import ${target}, which stands above it`)
    }
})

test('an area is entered by its index alone', () => {
  for (const path of sources.filter((one) => partOf(one) === 'top' && !isFeature(one)))
    for (const name of importsOf(path))
      if (name.startsWith('#areas/')) assert.match(name, /^#areas\/[^/]+\/index\.ts$/, path)
})

test('only the database folder opens a database, and no SQL of one engine stands elsewhere', () => {
  for (const path of sources.filter((one) => !one.startsWith('src/kernel/database/')))
    assert.doesNotMatch(textOf(path), /node:sqlite|from 'pg'|json_each|json_extract|::jsonb|pg_advisory|pragma /, path)
})

test('nothing but the entrance reads the environment or the clock', () => {
  for (const path of sources.filter((one) => one !== 'src/main.ts'))
    assert.doesNotMatch(textOf(path), /process\.env|Date\.now\(\)|new Date\(\)|Math\.random/, path)
})

test('nothing but the outbound door reaches the network, and the scanner that the operator has', () => {
  const doors = ['src/kernel/outbound.ts', 'src/kernel/scanner.ts']
  for (const path of sources.filter((one) => !doors.includes(one)))
    assert.doesNotMatch(textOf(path), /\bfetch\(|node:https'|undici|\bconnect\b[^\n]*node:net'/, path)
})

test('files stay small', () => {
  for (const path of sources) assert.ok(textOf(path).split('\n').length <= 320, `${path} is too long`)
})

test('every area has its page, its module and its words', () => {
  for (const room of rooms.filter((one) => one !== 'house')) {
    assert.ok(
      features.some(({ name }) => name === room),
      room,
    )
    assert.ok(existsSync(join(root, `src/areas/${room}/README.md`)), `src/areas/${room}/README.md`)
    assert.ok(existsSync(join(root, `docs/areas/${room}.md`)), `docs/areas/${room}.md`)
  }
})

test('fields name vocabularies, facets and kinds that exist', () => {
  for (const kind of kinds.values())
    for (const { name, field } of fieldsOf(kind)) {
      if (field.vocabulary) assert.ok(codeList(field.vocabulary), `${kind.name}.${name}: ${field.vocabulary}`)
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

test('every schema is valid JSON Schema 2020-12', () => {
  const ajv = new Ajv2020({ strict: false })
  for (const { name, input, output } of operations)
    for (const schema of [input, output]) assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`)
  for (const kind of kinds.values()) assert.ok(ajv.validateSchema(kind.body), `${kind.name}: ${ajv.errorsText()}`)
})
