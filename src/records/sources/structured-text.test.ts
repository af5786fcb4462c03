import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { structuredText } from './structured-text.ts'

const cases: [source: string, text: string][] = [
  ['<p>Students can:</p><ul><li>count <em>to</em> 20;</li><li>add</li></ul>', 'Students can:\n• count to 20;\n• add'],
  ['<ol><li>First<ul><li>within</li></ul></li><li>Second</li></ol>', '1. First\n  • within\n2. Second'],
  ['Use **ratio** language:\n\n- *a* to b\n- a/b\n\n1. one', 'Use ratio language:\n• a to b\n• a/b\n1. one'],
  ['2*3*4 and snake_case_name, x < 5 and y > 2', '2*3*4 and snake_case_name, x < 5 and y > 2'],
  ['&lt;p&gt;Written as entities&lt;/p&gt; &amp; so on', 'Written as entities\n\n& so on'],
  ['<script>alert(1)</script>A<style>b{}</style> [link](https://a.example/x_(y)) ![picture](a.png)', 'A link picture'],
  ['CO<sub>2</sub> at 10<sup>3</sup><br>next line', 'CO₂ at 10³\nnext line'],
  ['$x_1 + x_2$ stays, `code` too', '$x_1 + x_2$ stays, code too'],
]

for (const [source, text] of cases)
  test(`${JSON.stringify(source)} is read as ${JSON.stringify(text)}`, () => {
    assert.equal(structuredText(source), text)
  })

test('no element of HTML is left, whatever is within it', () => {
  const words = fc.array(
    fc.constantFrom(
      '<b>',
      '</b>',
      '<li class="a">',
      '<ul>',
      '</ul>',
      'word',
      '*',
      '_x_',
      '\n- ',
      '<br/>',
      '&lt;',
      '<p',
      '>',
    ),
  )
  fc.assert(
    fc.property(words, (parts) => {
      assert.doesNotMatch(structuredText(parts.join(' ')), /<\/?(?:b|li|ul|br)\b[^<>]*>/)
    }),
  )
})
