/** What people read of a browser in which they are signed in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readUserAgent } from './browser-name.ts'

test('usual browsers and systems are told by name, programs as they name themselves, and what is unknown as such', () => {
  const windows =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  const told: [string, object][] = [
    [windows, { browser: 'Chrome', system: 'Windows' }],
    [`${windows} Edg/140.0.0.0`, { browser: 'Microsoft Edge', system: 'Windows' }],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', { browser: 'Firefox', system: 'Linux' }],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      { browser: 'Safari', system: 'iOS' },
    ],
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
      { browser: 'Chrome', system: 'Android' },
    ],
    ['curl/8.5.0', { browser: 'curl' }],
    ['Mozilla/5.0', {}],
    ['', {}],
  ]
  for (const [agent, expected] of told) assert.deepEqual(readUserAgent(agent), expected)
})
