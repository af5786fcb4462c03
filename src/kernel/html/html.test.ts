import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { html, jsonInHtml } from './html.ts'

test('a value is text unless it was made as HTML', () => {
  assert.equal(
    html`<p title="${'"<'}">${'<b>'}${html`<i>${1}</i>`}${null}${false}${['a', html`<br>`]}</p>`.text,
    '<p title="&quot;&lt;">&lt;b&gt;<i>1</i>a<br></p>',
  )
})

test('the spaces that set a template off in our code are not sent; those of what is put in are', () => {
  const list = html`<ul>
    ${['a\n  b'].map((one) => html`<li>${one}</li>`)}
  </ul>`
  assert.equal(list.text, '<ul>\n<li>a\n  b</li>\n</ul>')
})

test('no text can end the element or the attribute that holds it', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.doesNotMatch(html`${text}`.text, /[<>"']/)))
  fc.assert(fc.property(fc.jsonValue(), (value) => assert.doesNotMatch(jsonInHtml(value).text, /</)))
})
