/** The checklist of security names tests that there are. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const checklist = readFileSync(join(root, 'docs/operate/security.md'), 'utf8')
const rows = checklist
  .split('\n')
  .filter((line) => /^\| (\d|—)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

test('each row of the security checklist names tests that there are, or says that it is not met', () => {
  assert.ok(rows.length > 40)
  for (const [, number, asks, here, proof] of rows) {
    const named = [...proof!.matchAll(/`([^`]+)`: “(.*?)”(?=<br>|$)/g)]
    if (proof === 'none') assert.match(here!, /\*\*Not met\*\*/, `${number} ${asks}`)
    else assert.ok(named.length > 0, `${number} ${asks}`)
    for (const [, file, name] of named) {
      assert.ok(existsSync(join(root, file!)), file)
      assert.ok(readFileSync(join(root, file!), 'utf8').includes(`test('${name}'`), `${file} has no test “${name}”`)
    }
  }
})
