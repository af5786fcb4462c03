/** One word of any record can be changed by anybody with an account: only what the change makes worse is refused. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Type } from 'typebox'
import { kinds } from '#app'
import { readDump, type DataPackage } from '#features/dump/dump.ts'
import { operation } from '#kernel/operation.ts'
import { violationsOfBody, violationsOfChange } from '#records/check.ts'
import { stepsOf } from '#records/form/plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { add } from '#records/write.ts'
import { testApp, type TestApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { practice } from '#features/clearing-house/practice.ts'

const seed = fileURLToPath(new URL('../../../../seed/', import.meta.url))
const ofEach = 2

/** A few of every kind from every source. */
async function sample(): Promise<Omit<StoredRecord, 'number'>[]> {
  const { resources } = JSON.parse(readFileSync(join(seed, 'datapackage.json'), 'utf8')) as DataPackage
  const counts = new Map<string, number>()
  const found: Omit<StoredRecord, 'number'>[] = []
  for (const { path } of resources)
    for await (const record of readDump(seed, path)) {
      const of = `${record.kind} ${record.origin?.collection}`
      const count = counts.get(of) ?? 0
      counts.set(of, count + 1)
      if (count < ofEach) found.push(record)
    }
  assert.ok(counts.size > 40, `${counts.size} kinds and sources`)
  return found
}

/** As imports keep records: whatever they lack. */
const keep = (node: TestApp, records: readonly Omit<StoredRecord, 'number'>[]) =>
  node.app.perform(
    operation({
      name: 'test.keep',
      summary: 'Keep records as they are',
      http: 'POST /test',
      input: Type.Object({}),
      output: Type.Unknown(),
      allow: () => true,
      run: (context) =>
        add(
          context,
          records.map(({ id, kind, body, origin }) => ({ id, kind: kinds.get(kind)!, body, origin })),
        ),
    }),
    { kind: 'system', id: 'test' },
    {},
  )

test('a word in the title of a record of any kind, from any source, is changed and sent in', async () => {
  const node = await testApp()
  const all = await sample()
  await keep(node, all)
  const amina = await person(node, 'Amina')
  for (const { id, kind: name, body, origin } of all) {
    const kind = kinds.get(name)!
    const told = `${name} of ${origin?.collection}: ${id}`
    await amina.open(`/en/records/${id}`)
    const begun = await amina.send(`/records/${id}/change`)
    assert.equal(begun.status, 200, told)
    const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
    const step = stepsOf(kind).find(({ asked }) => asked.some((one) => one.name === 'title'))!
    const title = `${body.title[body.originalLanguage]} corrected`
    await amina.open(`/en/drafts/${draft}/edit/${step.name}`)
    const saved = await amina.send(`/drafts/${draft}/edit/${step.name}`, { title }, { button: ['go', 'overview'] })
    assert.equal(saved.status, 200, `${told} is saved: ${/<div class="errors"[^]*?<\/div>/.exec(saved.body)?.[0]}`)
    const sent = await amina.send(`/drafts/${draft}/steps`, { step: 'submit' })
    assert.equal(sent.status, 200, `${told} is sent in: ${/<div class="errors"[^]*?<\/div>/.exec(sent.body)?.[0]}`)
    assert.match(sent.body, /Submitted\. It is waiting for review/, told)
    const kept = (await node.app.perform(
      node.app.operation('drafts.read')!,
      { kind: 'person', id: amina.id, roles: ['contributor'] },
      { id: draft },
    )) as { body: object }
    const collapsed = title.replaceAll(/\s+/g, ' ').trim()
    assert.deepEqual(
      kept.body,
      { ...body, title: { ...body.title, [body.originalLanguage]: collapsed } },
      `${told}: nothing else changed`,
    )
  }
})

test('faults that a record has already are let pass, and new ones are not', () => {
  const old = {
    title: { en: 'Radio' },
    originalLanguage: 'en',
    type: 'practice',
    countries: ['XX'],
    startedOn: 'some time',
    websites: ['example.org', 'https://example.org'],
  }
  const wrong = (after: object) => violationsOfChange(practice, old, after).map(({ place, rule }) => `${place} ${rule}`)
  assert.ok(violationsOfBody(practice, old).length > 0)
  assert.deepEqual(wrong({ ...old, title: { en: 'Radios' } }), [])
  assert.deepEqual(wrong({ ...old, websites: ['https://example.net', 'example.org'] }), [], 'rows may move')
  assert.deepEqual(wrong({ ...old, countries: ['XX', 'YY'] }), ['countries vocabulary'])
  assert.deepEqual(wrong({ ...old, endedOn: 'later' }), ['endedOn isoDate'])
  const { type: _, ...without } = old
  assert.deepEqual(wrong(without), ['type required'])
})
