/** RFC 9309, by its own examples and by chance. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { delayFor, isAllowed, rulesFor } from './robots.ts'

const example = `User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
`

test('the first example of the standard is read as it says (RFC 9309 §5.1)', () => {
  const may = (agent: string, path: string) => isAllowed(rulesFor(example, agent), path)
  assert.equal(may('anybot', '/a/picture.gif'), false)
  assert.equal(may('anybot', '/a/picture.gif?size=1'), true)
  assert.equal(may('anybot', '/example/x'), false)
  assert.equal(may('anybot', '/publications/a'), true)
  assert.equal(may('foobot', '/anything'), false)
  assert.equal(may('FooBot', '/example/page.html'), true)
  for (const agent of ['barbot', 'bazbot']) {
    assert.equal(may(agent, '/example/page.html'), false)
    assert.equal(may(agent, '/example/other.html'), true)
  }
  assert.equal(may('quxbot', '/example/'), true, 'a group without rules allows all')
})

test('the longest rule decides, allowing wins a tie (RFC 9309 §2.2.2, §5.2)', () => {
  const rules = rulesFor(
    'user-agent: foobot\nallow: /example/page/\ndisallow: /example/page/disallowed.gif\n',
    'foobot',
  )
  assert.equal(isAllowed(rules, '/example/page/disallowed.gif'), false)
  assert.equal(isAllowed(rules, '/example/page/other.gif'), true)
  assert.equal(isAllowed(rulesFor('user-agent: *\ndisallow: /a\nallow: /a\n', 'x'), '/a'), true)
  assert.equal(isAllowed(rulesFor('user-agent: *\ndisallow: /\n', 'x'), '/robots.txt'), true)
})

test('a pause between requests is read for whom it is meant; what is no number asks for none', () => {
  const text = 'user-agent: *\ncrawl-delay: 10\ndisallow: /a\n\nuser-agent: qingdao\nCrawl-Delay: 2.5 # s\nallow: /\n'
  assert.deepEqual([delayFor(text, 'Qingdao'), delayFor(text, 'other')], [2.5, 10])
  assert.equal(delayFor('user-agent: *\ncrawl-delay: soon\n', 'x'), undefined)
  assert.equal(delayFor('user-agent: *\ncrawl-delay: -1\n', 'x'), undefined)
  assert.equal(delayFor('user-agent: x\ndisallow:\nuser-agent: *\ncrawl-delay: 9\n', 'x'), undefined)
})

test('whatever a site serves as its rules, it is read, soon, and answers yes or no', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 60, unit: 'grapheme' }),
    fc.constantFrom(
      'User-agent: *',
      'user-agent: qingdao',
      'Disallow: /',
      'allow: /*a*$',
      `disallow: /${'*a'.repeat(50)}`,
      ':',
      '# x',
    ),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.webPath(), (lines, path) => {
      const answer = isAllowed(rulesFor(lines.join('\n'), 'Qingdao'), path || '/')
      // Comments and lines that say nothing change no answer, however lines end.
      const padded = lines.flatMap((one) => ['# of no use', one, ''])
      assert.equal(isAllowed(rulesFor(padded.join('\r\n'), 'QINGDAO'), path || '/'), answer)
    }),
  )
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      const address = path || '/'
      assert.equal(isAllowed(rulesFor('', 'Qingdao'), address), true)
      assert.equal(isAllowed(rulesFor('user-agent: *\ndisallow: /', 'Qingdao'), address), false)
      assert.equal(isAllowed(rulesFor('user-agent: *\ndisallow: /\nallow: /', 'Qingdao'), address), true)
      assert.equal(isAllowed(rulesFor('user-agent: other\ndisallow: /', 'Qingdao'), address), true)
    }),
  )
})
