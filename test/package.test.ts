/** What `npm pack` makes is what somebody gets who has no checkout: it runs from under `node_modules`. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  dependencies: Record<string, string>
}

let folder: string
let installed: string
let packed: string[]
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qingdao-package-'))
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const told = JSON.parse(said.slice(said.search(/^[[{]/m))) as Record<string, Pack>
  const pack = Object.values(told)[0]!
  packed = pack.files.map(({ path }) => path)
  installed = join(folder, 'node_modules', 'qingdao')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, pack.filename), '-C', installed, '--strip-components=1'])
  // As an install lays them, and no others: a package that is missing in `dependencies` is missed here.
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
})
after(() => rm(folder, { recursive: true, force: true }))
type Pack = { filename: string; files: { path: string }[] }

const qingdao = (...words: string[]) =>
  execFileSync(process.execPath, [join(installed, 'bin/qingdao.js'), ...words], { encoding: 'utf8', cwd: folder })

test('the package says its version and its commands', () => {
  assert.match(qingdao('--version'), new RegExp(version.replaceAll('.', String.raw`\.`)))
  assert.match(qingdao('--help'), /start/)
})

test('the package holds what it needs to run, its licence, and neither tests nor data', () => {
  assert.ok(packed.length > 300, `${packed.length} files`)
  for (const needed of ['dist/main.js', 'LICENSE', 'NOTICE.md', 'locales/ar.json', 'assets/style.css'])
    assert.ok(packed.includes(needed), needed)
  assert.deepEqual(
    packed.filter((path) => /\.ts$|\.test\.|^(data|test|bench|node_modules)\//.test(path)),
    [],
  )
})

test('a node started from the package serves its pages and its search', { timeout: 60_000 }, async () => {
  const place = ['--port', '0', '--data-dir', join(folder, 'data')]
  const child = spawn(process.execPath, [join(installed, 'bin/qingdao.js'), 'start', '--no-seed', ...place], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    const address = await addressOf(child.stdout, child.stderr)
    const found = await fetch(new URL('/en/search?q=tablets', address))
    assert.equal(found.status, 200)
    assert.match(await found.text(), /<h1/)
    assert.ok(existsSync(join(folder, 'data')))
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
})

/** The address that a node tells when it is ready. */
async function addressOf(...outputs: AsyncIterable<Buffer>[]): Promise<string> {
  let told = ''
  const read = async (output: AsyncIterable<Buffer>): Promise<string> => {
    for await (const bytes of output) {
      told += bytes.toString()
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(told)
      if (found) return found[0]
    }
    throw new Error(`It ended before it told its address: ${told}`)
  }
  return Promise.any(outputs.map(read))
}
