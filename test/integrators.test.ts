/** The guide for integrators, as they follow it: its lines are run against a node, with the key of a curator. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { freshFolder, testApp } from './app.ts'
import { freeAddress } from './browser.ts'
import { keyOf, person } from './people.ts'

const curl = spawnSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).stdout.trim()
const guide = readFileSync(new URL('../docs/guide/integrators.md', import.meta.url), 'utf8')
const lines = [...guide.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!).join('\n')

test('each line of the guide answers what the guide says', { skip: curl === '' && 'there is no curl' }, async () => {
  const expected = [...lines.matchAll(/^# (\d{3})\b/gm)].map(([, status]) => status)
  assert.ok(expected.length > 8)
  assert.equal(lines.match(/^curl /gm)!.length, expected.length, 'each says what it answers')

  const address = await freeAddress()
  const node = await testApp({ address, now: () => new Date() })
  const fatou = await person(node, 'Fatou', { roles: ['curator'] })
  const key = await keyOf(node, fatou.id, ['accounts', 'drafts', 'practices', 'records'])

  const folder = freshFolder()
  mkdirSync(join(folder, 'bin'))
  const shim = join(folder, 'bin', 'curl')
  writeFileSync(shim, `#!/bin/sh\nexec ${curl} -w '%{stderr}%{http_code}\\n' -o /dev/null "$@"\n`)
  chmodSync(shim, 0o755)
  const { stderr } = await promisify(execFile)('sh', ['-eu', '-c', lines], {
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, NODE: address, KEY: key },
  })
  assert.deepEqual(stderr.trim().split('\n'), expected)
  assert.equal(
    /^location: (\S+)/m.exec(readFileSync(join(folder, 'again.txt'), 'utf8'))?.[1]?.split('/')[2],
    'drafts',
    'the second answer has the address of the first',
  )
  const drafts = (await fatou.open('/en/desk')).body
  assert.ok(drafts.includes('Radio lessons'))
})
