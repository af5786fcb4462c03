/** What somebody chose and need not answer can be left unsaid again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../../../../test/acting.ts'
import { testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { practice } from '../../../../test/practice.ts'

test('one of a few that was chosen, and a yes, can be taken back; what must be answered cannot', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const ask = as(node, amina)
  const { id } = await ask('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  const on = `/drafts/${id}/edit/context`
  const stay: { button: [string, string] } = { button: ['go', 'stay'] }
  const kept = async () => {
    const { geographicExtent, crossBorder } = (await ask('drafts.read', { id })).body
    return { geographicExtent, crossBorder }
  }
  const chosen = (name: string) =>
    new RegExp(`name="${name}" value="(\\w*)"[^>]* checked`).exec(amina.page)?.[1] ?? 'none'

  await amina.open(`/en${on}`)
  const [extent] = /(?<=name="geographicExtent" value=")[\w-]+/.exec(amina.page)!
  assert.deepEqual([chosen('geographicExtent'), chosen('crossBorder')], ['', ''])
  assert.match(amina.page, /name="geographicExtent" value=""[^>]*> <span>Not stated/)
  await amina.send(on, { geographicExtent: extent, crossBorder: 'true' }, stay)
  assert.deepEqual(await kept(), { geographicExtent: extent, crossBorder: true })
  assert.deepEqual([chosen('geographicExtent'), chosen('crossBorder')], [extent, 'true'])
  await amina.send(on, { geographicExtent: '', crossBorder: '' }, stay)
  assert.deepEqual(await kept(), { geographicExtent: undefined, crossBorder: undefined })

  await amina.open(`/en/drafts/${id}/edit/outcome`)
  assert.match(amina.page, /name="outcome" value="worked"/)
  assert.doesNotMatch(amina.page, /name="outcome" value=""/)
})
