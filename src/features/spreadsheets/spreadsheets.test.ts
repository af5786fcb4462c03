/** Somebody’s table of practices becomes drafts and records: mapped, looked through, imported, taken back. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { writeXlsx } from '#codecs/xlsx/write-xlsx.ts'
import { chooseCollection } from '#features/editorial/drafts/choose-collection.ts'
import { draftNotes } from '#features/editorial/drafts/note-store.ts'
import { personalData } from '#features/editorial/drafts/personal-data.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { records } from '#records/store.ts'
import { startSpreadsheetImport } from './import.ts'
import { sheets } from './store.ts'
import { doJob, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import type { Chosen } from '../../../test/visitor.ts'

type Person = Awaited<ReturnType<typeof person>>

const csv = (name: string, ...lines: string[]): Chosen => ({ name, content: lines.join('\n'), type: 'text/csv' })
const idIn = (path: string) => /\/sheets\/([0-9a-z]{16})/.exec(path)![1]!

const practices = csv(
  'our practices.csv',
  'ID,Title,Title (fr),Countries,Technologies,Type,Outcome,Starting date,Started,Cost to set up,Notes',
  'P1,Radio lessons,Leçons radio,"Kenya; Уганда",Radio,Practice,Worked,,17.05.2023,"1,200 USD",secret',
  'P2,Tablets,,Kenja,Radio,Practice,Worked,,2023-05,"300",',
  'P3,,,Ghana,Radio,Practice,Worked,,2023,,',
  'P4,Learning by post,,Ghana,Pigeons,practice,,,05/06/2023,,',
  'P1,Radio lessons again,,Ghana,Radio,Practice,,,2023,,',
)

const app = await testApp()
const amina = await person(app, 'Amina')

describe('bringing a spreadsheet', { concurrency: false }, () => {
  async function bring(
    who: Person,
    file: Chosen,
    values: Record<string, string> = { kind: 'practice', language: 'en' },
  ) {
    await who.open('/en/sheets')
    return who.send('/sheets', values, { files: { file } })
  }
  async function finished(who: Person, id: string, state = /Imported/) {
    for (;;) {
      const { body, headers } = await who.open(`/en/sheets/${id}`)
      if (state.test(body) && !headers.refresh) return body
      await wait(20)
    }
  }
  const draftsOf = (who: Person) => drafts(app.app.database.read).ofPerson(who.id)
  const plain = (body: string) =>
    body
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('&#39;', '’')
      .replaceAll(/\s+/g, ' ')

  test('columns are guessed from their names, wrong rows are told with row, column, reason and remedy', async () => {
    const mapping = await bring(amina, practices)
    assert.equal(mapping.status, 200)
    const chosen = [...mapping.body.matchAll(/name="columns\.\d+"[^]*?<\/select>/g)].map(
      ([select]) => /value="([^"]*)" selected/.exec(select)?.[1] ?? '',
    )
    assert.deepEqual(chosen.slice(0, 7), [
      '#identifier',
      'title',
      'title',
      'countries',
      'technologies',
      'type',
      'outcome',
    ])
    assert.match(mapping.body, /<option value="fr" selected>/)
    const id = idIn(amina.at)
    const preview = await amina.send(`/sheets/${id}/columns`, {
      'columns.7': '',
      'columns.8': 'startedOn',
      'columns.9': 'setUpCost',
    })
    const told = plain(preview.body)
    assert.match(told, /3 rows can be imported\. 2 of them become drafts with values to correct/)
    assert.match(told, /2 rows have errors/)
    assert.match(told, /3 D Countries Kenja “Kenja” was not recognised: did you mean “Kenya”\?/)
    assert.match(
      told,
      /3 J Cost to set up 300 write the currency by its code or name, such as USD or euro Add the currency/,
    )
    assert.match(told, /4 B Title is missing Fill in the cell/)
    assert.match(told, /5 E Technologies Pigeons “Pigeons” was not recognised/)
    assert.match(
      told,
      /5 I Started 05\/06\/2023 “05\/06\/2023” could be two dates: write the month as a word, such as 5 June 2024 A year, month or day/,
    )
    assert.match(told, /6 Title is the same as row 2 Remove one/)
    assert.match(told, /Row 2: Radio lessons/)

    const list = await amina.open(`/en/sheets/${id}/errors.csv`)
    assert.match(String(list.headers['content-disposition']), /attachment; filename="errors.csv"/)
    assert.match(list.body, /^\uFEFFRow,Column,Field/)
    assert.match(list.body, /\r\n5,I Started,/)
  })

  test('rows that fit become drafts, the same table again doubles nothing, and taking it back leaves what was changed', async () => {
    const id = idIn(amina.at)
    await amina.open(`/en/sheets/${id}/preview`)
    await amina.send(`/sheets/${id}/start`)
    const done = plain(await finished(amina, id))
    assert.match(done, /3 drafts were created.*2 rows had errors/)
    const draft = (await draftsOf(amina)).find(({ body }) => (body.title as { fr?: string }).fr === 'Leçons radio')
    assert.deepEqual(
      {
        title: draft!.body.title,
        countries: draft!.body.countries,
        startedOn: draft!.body.startedOn,
        setUpCost: draft!.body.setUpCost,
        outcome: draft!.body.outcome,
      },
      {
        title: { en: 'Radio lessons', fr: 'Leçons radio' },
        countries: ['KE', 'UG'],
        startedOn: '2023-05-17',
        setUpCost: { amount: 1200, currency: 'USD' },
        outcome: 'worked',
      },
    )

    const mended = csv(
      'mended.csv',
      'ID,Title,Countries',
      'P1,Radio lessons,Kenya',
      'P2,Tablets,Kenya',
      'P3,Post,Ghana',
    )
    await bring(amina, mended)
    const second = idIn(amina.at)
    const preview = plain((await amina.send(`/sheets/${second}/columns`)).body)
    assert.match(preview, /3 rows can be imported\. 2 of them were imported before/)
    await amina.send(`/sheets/${second}/start`)
    assert.match(plain(await finished(amina, second)), /1 draft was created.*2 rows had been imported before/)
    assert.equal((await draftsOf(amina)).length, 4)

    await bring(amina, mended)
    assert.match(amina.page, /You have uploaded this file before/)
    const third = await amina.send(`/sheets/${idIn(amina.at)}/columns`)
    assert.match(third.body, /nothing new to import/)

    const tablets = (await draftsOf(amina)).find((one) => (one.body.title as { en: string }).en === 'Tablets')!
    await amina.open(`/en/drafts/${tablets.id}/edit/story`)
    await amina.send(`/drafts/${tablets.id}/edit/story`, { title: 'Tablets in Kisumu' })
    await amina.open(`/en/sheets/${id}`)
    await amina.send(`/sheets/${id}/undo`)
    const undone = await finished(amina, id, /Undone/)
    assert.match(undone, new RegExp(`Kept, because it was changed since[^]*/drafts/${tablets.id}`))
    assert.deepEqual((await draftsOf(amina)).map(({ body }) => (body.title as { en: string }).en).sort(), [
      'Post',
      'Tablets in Kisumu',
    ])
  })

  test('an odd value is kept in its draft and corrected there; a word is said once for all rows, and known in the next file', async () => {
    const rosa = await person(app, 'Rosa')
    const list = csv(
      'list.csv',
      'Title,Countries,Technologies,Started,Peculiarity',
      'One,Kenya; Narnia,Artificial brain;Radio,someday,left-handed',
      'Two,Kenya,artificial  Brain,2020,',
      'Three,Ghana,Carrier pigeons,2021,',
    )
    await bring(rosa, list)
    const id = idIn(rosa.at)
    const preview = plain((await rosa.send(`/sheets/${id}/columns`)).body)
    assert.match(preview, /3 rows can be imported\. 3 of them become drafts/)
    assert.match(preview, /Artificial brain Technologies · 2 times/)
    assert.match(preview, /Narnia Countries · 1 time/)
    const wrong = await rosa.send(`/sheets/${id}/words`, { 'term.1': 'Nowhere', 'to.0': 'ai-tutoring' })
    assert.equal(wrong.status, 422)
    assert.match(plain(wrong.body), /Nowhere.*was not recognised/)
    const words = [...rosa.page.matchAll(/name="word\.(\d)" value="([^"]*)"/g)].map(
      ([, at, word]) => [word, at] as const,
    )
    const at = new Map(words)
    assert.deepEqual([...at.keys()].sort(), ['Artificial brain', 'Carrier pigeons', 'Narnia'])
    const mapped = await rosa.send(`/sheets/${id}/words`, {
      [`to.${at.get('Artificial brain')}`]: 'ai-tutoring',
      [`to.${at.get('Carrier pigeons')}`]: '#note',
      [`term.${at.get('Narnia')}`]: '',
      [`to.${at.get('Narnia')}`]: '',
    })
    assert.match(plain(mapped.body), /1 of them becomes a draft with values to correct/)
    await rosa.send(`/sheets/${id}/start`)
    assert.match(plain(await finished(rosa, id)), /3 drafts were created/)
    const byTitle = new Map((await draftsOf(rosa)).map((one) => [(one.body.title as { en: string }).en, one]))
    const [one, two, three] = ['One', 'Two', 'Three'].map((title) => byTitle.get(title)!)
    assert.deepEqual(one!.body.technologies, ['ai-tutoring', 'radio'])
    assert.deepEqual(two!.body.technologies, ['ai-tutoring'])
    assert.equal(three!.body.technologies, undefined)
    const step = await rosa.open(`/en/drafts/${one!.id}/edit/story`)
    assert.match(step.body, /<textarea[^>]*name="countries"[^>]*>\s*Kenya\nNarnia/)
    assert.match(plain(step.body), /Narnia.*was not recognised/)

    assert.match((await rosa.open(`/en/drafts/${one!.id}`)).body, /1 note from your table/)
    const notes = plain((await rosa.open(`/en/drafts/${one!.id}/notes`)).body)
    assert.match(notes, /Peculiarity left-handed/)
    assert.match(plain((await rosa.open(`/en/drafts/${three!.id}/notes`)).body), /Technologies Carrier pigeons/)
    assert.equal((await amina.open(`/en/drafts/${one!.id}/notes`)).status, 404)

    await bring(rosa, csv('next.csv', 'Title,Technologies', 'Four,ARTIFICIAL brain'))
    const next = idIn(rosa.at)
    const again = (await rosa.send(`/sheets/${next}/columns`)).body
    assert.match(plain(again), /1 row can be imported/)
    assert.match(again, /ARTIFICIAL brain[^]*value="ai-tutoring" selected/)
  })

  test('columns that lead to records take the titles of records, with a usual name, an identifier or an address', async () => {
    const share = app.as('curator')
    const named = { originalLanguage: 'en' }
    const ministry = await share('organisations.share', { ...named, title: { en: 'Ministry of Radio' } })
    const solution = await share('solutions.share', { ...named, title: { en: 'Kolibri', fr: 'Colibri' } })
    const rosa = await person(app, 'Rosa Links')
    const table = csv(
      'links.csv',
      'Title,Countries,Organisations: Organisation,Solutions',
      'One,Kenya,ministry of radio,Colibri',
      `Two,Kenya,${ministry.id},Kolibri; https://example.org/records/${solution.id}`,
      'Three,Kenya,Nobody at all,Kolibri',
    )
    await bring(rosa, table)
    const id = idIn(rosa.at)
    const columns = [...rosa.page.matchAll(/<select[^>]*name="(columns\.\d+)"[^]*?<\/select>/g)]
    const to = ['title', 'countries', 'organisations.organisation', 'solutions']
    await rosa.send(`/sheets/${id}/columns`, Object.fromEntries(columns.map(([, name], at) => [name!, to[at]!])))
    assert.match(plain(rosa.page), /Nobody at all/, 'what no record is called is told before anything is imported')
    await rosa.send(`/sheets/${id}/start`)
    await finished(rosa, id)
    const bodies = new Map((await draftsOf(rosa)).map(({ body }) => [(body.title as { en: string }).en, body]))
    assert.deepEqual(bodies.get('One')!.solutions, [solution.id])
    assert.deepEqual(bodies.get('Two')!.solutions, [solution.id])
    assert.match(JSON.stringify(bodies.get('One')), new RegExp(`"organisation":"${ministry.id}"`))
    assert.deepEqual(bodies.get('Three')!.solutions, [solution.id])
  })

  test('notes are taken into a field, deleted, told to their owner and erased with the draft', async () => {
    const omar = await person(app, 'Omar')
    await bring(omar, csv('n.csv', 'Title,Countries,Story,Where else', 'One,Kenya,It began so,Mali; Ghana'))
    const id = idIn(omar.at)
    await omar.send(`/sheets/${id}/columns`)
    await omar.send(`/sheets/${id}/start`)
    await finished(omar, id)
    const [draft] = await draftsOf(omar)
    const linksOf = async () =>
      [...(await omar.open(`/en/drafts/${draft!.id}/notes`)).body.matchAll(/\/notes\/([0-9a-z]{16})/g)].map(
        ([, note]) => note!,
      )
    const [story, where] = await linksOf()
    await omar.open(`/en/drafts/${draft!.id}/notes/${where}`)
    const refused = await omar.send(`/drafts/${draft!.id}/notes/${where}`, { field: 'startedOn' })
    assert.equal(refused.status, 422)
    assert.match(refused.body, /Mali; Ghana/)
    const step = await omar.send(`/drafts/${draft!.id}/notes/${where}`, { field: 'countries' })
    assert.equal(step.status, 200)
    assert.deepEqual((await drafts(app.app.database.read).find(draft!.id))!.body.countries, ['KE', 'ML', 'GH'])
    await omar.open(`/en/drafts/${draft!.id}/notes/${story}`)
    await omar.send(`/drafts/${draft!.id}/notes/${story}`, { field: 'description' })
    assert.deepEqual((await drafts(app.app.database.read).find(draft!.id))!.body.description, { en: 'It began so' })
    assert.deepEqual(await linksOf(), [])

    await bring(omar, csv('m.csv', 'Title,Secret', 'Two,my own words'))
    const second = idIn(omar.at)
    await omar.send(`/sheets/${second}/columns`)
    await omar.send(`/sheets/${second}/start`)
    await finished(omar, second)
    const told = await personalData.exportOf!({ db: app.app.database.read } as never, { id: omar.id } as never)
    assert.match(JSON.stringify(told), /"Secret","text":"my own words"/)
    const two = (await draftsOf(omar)).find(({ body }) => (body.title as { en: string }).en === 'Two')!
    await omar.open(`/en/sheets/${second}`)
    await omar.send(`/sheets/${second}/undo`)
    await finished(omar, second, /Undone/)
    assert.deepEqual(await draftNotes(app.app.database.read).of(two.id), [])
  })

  test('a curator publishes complete rows at once; taken back, they are withdrawn with the reason', async () => {
    const curator = await person(app, 'Carla', { roles: ['curator'] })
    const table: Chosen = {
      name: 'organisations.xlsx',
      content: await writeXlsx([
        {
          name: '1',
          rows: [
            ['Name', 'Types', 'Countries', 'Websites', 'Description'],
            ['Ministry of Light', '', 'Kenya', 'https://light.example.org', 'Lights schools'],
            [],
            ['Ministry of Dark', '', 'Kenya', 'dark.example.org', ''],
          ],
        },
      ]),
    }
    await bring(curator, table, { kind: 'organisation', language: 'en' })
    const id = idIn(curator.at)
    const preview = plain((await curator.send(`/sheets/${id}/columns`)).body)
    assert.match(preview, /4 D Websites dark\.example\.org is not a web address Enter the full address/)
    await curator.send(`/sheets/${id}/start`, { way: 'publish' })
    assert.match(plain(await finished(curator, id)), /1 record was published/)
    const all = await records(app.app.database.read).list('organisation', { after: 0, limit: 5 })
    const found = all.find(({ body }) => body.title.en === 'Ministry of Light')
    assert.equal(found!.changedBy, `person:${curator.id}`)
    assert.match((await curator.open(`/en/records/${found!.id}`)).body, /Ministry of Light[^]*not reviewed/i)

    await curator.open(`/en/sheets/${id}`)
    await curator.send(`/sheets/${id}/undo`, { reason: '' })
    assert.match(curator.page, /There is a problem/)
    await curator.send(`/sheets/${id}/undo`, { reason: 'Wrong year' })
    assert.match(await finished(curator, id, /Undone/), /Everything was removed/)
    const gone = await curator.open(`/en/records/${found!.id}`)
    assert.deepEqual([gone.status, /Wrong year/.test(gone.body)], [410, true])
  })

  test('an import goes on after a fall where it stopped, and makes each row once', async () => {
    const many = csv('many.csv', 'title', ...Array.from({ length: 620 }, (_, at) => `Lesson ${at}`))
    await bring(amina, many, { kind: 'lesson', language: 'en' })
    const id = idIn(amina.at)
    await amina.send(`/sheets/${id}/columns`)
    const { app: node } = app
    const actor = { kind: 'person', id: amina.id, roles: ['contributor'] } as const
    await node.perform(startSpreadsheetImport, actor, { id })
    const [, second] = await Promise.all(
      [1, 2].map(() => node.perform(node.operation('spreadsheets.advance')!, actor, { id })),
    )
    assert.equal((second as { done: number }).done, 250, 'two who do the same rows do them once')
    await node.database.write((tx) => sheets(tx).change(id, { changedAt: '2026-01-01T00:00:00.000Z' }))

    assert.equal(await doJob(node, 'sheets'), 1)

    assert.match(plain(await finished(amina, id)), /620 drafts were created/)
    assert.equal((await sheets(node.database.read).items(id, null, 1_000)).length, 620)
  })

  test('drafts that were given a collection are taken back too, and one import that cannot go on holds up no other', async () => {
    const bringTwo = async (name: string) => {
      await bring(amina, csv(name, 'title,purpose', `${name} one,To listen`, `${name} two,To see`), {
        kind: 'building-block',
        language: 'en',
      })
      const id = idIn(amina.at)
      await amina.send(`/sheets/${id}/columns`)
      await amina.send(`/sheets/${id}/start`)
      await finished(amina, id)
      return id
    }
    const { id: collection } = await app.as('curator')('curated-collections.share', {
      title: { en: 'Radio' },
      originalLanguage: 'en',
    })
    const first = await bringTwo('first')
    const [item] = await sheets(app.app.database.read).items(first, null, 1)
    const actor = { kind: 'person', id: amina.id, roles: ['contributor'] } as const
    await app.app.perform(chooseCollection, actor, { id: item!.recordId, collection })
    const second = await bringTwo('second')
    const stopped = { state: 'undoing', reason: 'Wrong', changedAt: '2026-01-01T00:00:00.000Z' } as const
    await app.app.database.write(async (tx) => {
      await sheets(tx).change(first, { ...stopped, state: 'running', kind: 'no-such-kind' })
      await sheets(tx).change(second, stopped)
    })
    await assert.rejects(doJob(app.app, 'sheets'), /invalid/)
    assert.equal((await sheets(app.app.database.read).find(second))!.state, 'undone')
    await app.app.database.write((tx) => sheets(tx).change(first, { ...stopped, kind: 'building-block' }))
    assert.equal(await doJob(app.app, 'sheets'), 1)
    assert.match(plain(await finished(amina, first, /Undone/)), /Undone/)
    assert.equal(await drafts(app.app.database.read).find(item!.recordId), undefined)
  })

  test('a table of others is not there, and nobody but a curator publishes', async () => {
    const other = await person(app, 'Boris')
    const id = idIn(amina.at)
    assert.equal((await other.open(`/en/sheets/${id}`)).status, 404)
    assert.equal((await other.open(`/en/sheets/${id}/errors.csv`)).status, 404)
    const official = csv('n.csv', 'title,submits,country,submittedOn', `By Kenya,${'a'.repeat(16)},Kenya,2026-01-01`)
    const forged = await bring(other, official, { kind: 'national-submission', language: 'en' })
    assert.equal(forged.status, 422, 'only the focal point of a country speaks for it')
    await bring(other, csv('o.csv', 'title,countries', 'One,Kenya'), { kind: 'organisation', language: 'en' })
    const own = idIn(other.at)
    await other.send(`/sheets/${own}/columns`)
    assert.equal((await other.send(`/sheets/${own}/start`, { way: 'publish' })).status, 403)
  })

  test('letters of old code pages are read, by what the person reads, and read again as they say', async () => {
    const cyrillic = Buffer.from([
      0xcd, 0xe0, 0xe7, 0xe2, 0xe0, 0xed, 0xe8, 0xe5, 0x3b, 0x69, 0x64, 0x0a, 0xd8, 0xea, 0xee, 0xeb, 0xe0, 0x3b, 0x31,
    ])
    const read = await bring(amina, { name: 'ru.csv', content: cyrillic }, { kind: 'organisation', language: 'ru' })
    assert.match(read.body, /Название[^]*Школа/)
    const again = await amina.send(`/sheets/${idIn(amina.at)}/reread`, { encoding: 'windows-1252' })
    assert.match(again.body, /Íàçâàíèå/)
  })

  test('files that are no tables, or too large ones, are refused beside the field, and none is left lying', async () => {
    for (const [content, words] of [
      ['', /empty, damaged/],
      [Buffer.from([0x89, 0x50, 0, 0, 0]), /empty, damaged/],
      [Buffer.from('PK\u0003\u0004 and no more of it, but long enough'), /not a valid ZIP/],
      [`title\n${'x\n'.repeat(5_001)}`, /at most/],
      [`${'a,'.repeat(1_001)}a`, /at most/],
      ['title\n"open', /in line 2 has no closing quotation mark/],
    ] as const) {
      const refused = await bring(amina, { name: 'bad.csv', content }, { kind: 'lesson', language: 'fr' })
      assert.equal(refused.status, 422)
      assert.match(refused.body, words)
      assert.match(refused.body, /value="lesson" selected/)
    }
    await amina.open('/en/sheets')
    assert.match((await amina.send('/sheets', {}, { files: {} })).body, /choose a file/)
    assert.deepEqual(readdirSync(join(app.folder, 'uploads')), [])
    assert.deepEqual(app.reported, [])
  })

  test('a page of another site, and somebody without a session, bring nothing', async () => {
    const foreign = await amina.post('/en/sheets', { kind: 'practice' }, { 'sec-fetch-site': 'cross-site' })
    assert.equal(foreign.status, 403)
    await amina.open('/en/sheets')
    const token = await amina.send('/sheets', { csrf: 'x'.repeat(22) }, { files: { file: practices } })
    assert.equal(token.status, 403)
    assert.match((await app.get('/en/sheets')).headers.location!, /\/sign-in\?next=/)
  })
})
