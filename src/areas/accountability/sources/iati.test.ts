/** A file of any length is read in bounded memory: what is held at once is counted, not measured. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Folder } from '#kernel/folder.ts'
import { heldAtMost, importSource, toldAtMost, type TakeRows } from '#records/sources/import.ts'
import { iati } from './iati.ts'

const activity = (at: number, more = '') =>
  `<iati-activity xml:lang="en" default-currency="USD"><iati-identifier>XM-DAC-41304-${at}</iati-identifier>
<reporting-org ref="XM-DAC-41304" type="40"><narrative>UNESCO</narrative></reporting-org>
<title><narrative>Radios ${at}</narrative></title><description type="1"><narrative>For schools</narrative></description>
<participating-org role="4" type="80"><narrative>School ${at}</narrative></participating-org><activity-status code="2"/>
<activity-date type="2" iso-date="2024-01-01"/><recipient-country code="KE"/><sector vocabulary="1" code="11220"/>${more}</iati-activity>\n`

type Generated = { count: number; make: (at: number) => string }

/** A file that nobody keeps: made as it is read. `begun` counts the activities of the last reading. */
function generated({ count, make }: Generated) {
  const made = { activities: 0, characters: 0 }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    Object.assign(made, { activities: 0, characters: 0 })
    yield Buffer.from(
      '<?xml version="1.0"?>\n<iati-activities version="2.03" generated-datetime="2026-01-02T00:00:00Z">\n',
    )
    for (let at = 0; at < count; at++) {
      const xml = make(at)
      made.activities++
      made.characters += xml.length
      yield Buffer.from(xml)
    }
    yield Buffer.from('</iati-activities>\n')
  }
  const folder: Partial<Folder> = {
    path: 'generated',
    names: async () => ['long.xml'],
    head: async () => '<iati-activities version="2.03">',
    pieces,
  }
  return { folder: folder as Folder, made }
}

/** How much of the file has been made and not yet come out as a row, at the worst moment. */
async function mostHeld(file: Generated) {
  const { folder, made } = generated(file)
  const most = { activities: 0, characters: 0 }
  let [taken, characters, refused] = [0, 0, 0]
  for await (const row of iati.read(folder)) {
    if ('record' in row && row.record.kind !== 'funding') continue
    most.activities = Math.max(most.activities, made.activities - taken)
    most.characters = Math.max(most.characters, made.characters - characters)
    characters += file.make(taken++).length
    if ('refused' in row) refused++
  }
  return { ...most, taken, refused }
}

test('of a long file a few hundred activities are held at once, however many it has', async () => {
  const short = await mostHeld({ count: 1_000, make: activity })
  const long = await mostHeld({ count: 4_000, make: activity })
  assert.deepEqual([short.taken, long.taken, long.refused], [1_000, 4_000, 0])
  assert.ok(long.activities <= 500, `${long.activities} activities`)
  assert.equal(long.activities, short.activities, 'four times as long, and not one more')
})

test('of long activities fewer are held, and of one that is longer than any may be none', async () => {
  const padding = `<!-- --><other-identifier ref="${'x'.repeat(400_000)}" type="A1"/>`
  const { activities, characters, taken } = await mostHeld({ count: 30, make: (at) => activity(at, padding) })
  assert.equal(taken, 30)
  assert.ok(activities <= 8, `${activities} activities`)
  assert.ok(characters <= 3_500_000, `${characters} characters`)

  const many = '<other-identifier ref="x" type="A1"/>'.repeat(120_000)
  const { refused } = await mostHeld({ count: 3, make: (at) => activity(at, at === 1 ? many : '') })
  assert.equal(refused, 1)
})

test('what is wrong with a file is told at some length and counted to the end, and rows are kept as they come', async () => {
  const count = toldAtMost + 500
  const takeNothing: TakeRows = async () => ({ added: 0, changed: 0, unchanged: 0, refused: [] })
  const told = { publisher: 'XM-DAC-1' }
  const report = await importSource(iati, generated({ count, make: activity }).folder, takeNothing, { told })
  assert.equal(report.counts.refused, count)
  assert.equal(report.refused.length, toldAtMost)

  let most = 0
  const take: TakeRows = async (rows) => {
    most = Math.max(most, rows.length)
    return { added: rows.length, changed: 0, unchanged: 0, refused: [] }
  }
  const { counts } = await importSource(iati, generated({ count: 1_200, make: activity }).folder, take)
  assert.deepEqual([counts.added, most], [2_401, heldAtMost.rows], 'activities, a school of each, and UNESCO')
})

test('an activity that is in a long file twice with different content is refused, with the place of the first', async () => {
  const make = (at: number) =>
    activity(at === 999 ? 5 : at).replace('For schools', at === 999 ? 'For others' : 'For schools')
  const take: TakeRows = async (rows) => ({ added: rows.length, changed: 0, unchanged: 0, refused: [] })
  const { refused } = await importSource(iati, generated({ count: 1_000, make }).folder, take)
  assert.deepEqual(
    refused.map(({ code, values }) => [code, values['first']]),
    [['identifierRepeated', 'long.xml:28']],
  )
})
