/** The pages of what comes from elsewhere, with something on each: axe finds nothing, and none is wider than a phone of 320 pixels. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { noChromium } from './browser.ts'
import { beginJourney, look, press, type Journey } from './journey.ts'

/** The third has no title, the fourth a language that is none; no vocabulary of ours has “Zauberei”. */
const books = `id,Title,Author,Language,Licence,Subject,Link,Colour
1,Fractions for everybody,"Ndiaye, Awa",fr,CC BY 4.0,Mathematics,https://books.example.org/${'a-rather-long-address/'.repeat(8)},red
2,Water and weather,"Otieno, Jane",en,CC BY-SA 4.0,Zauberei,https://books.example.org/2,blue
3,,Nobody,en,CC BY 4.0,History,https://books.example.org/3,green
4,Reading by radio,"Diop, Fatou",xx-nolang,CC0,Reading,https://books.example.org/4,green
`
const long = `https://reviews.example.org/${'a-rather-long-address/'.repeat(8)}`
const at = '2026-05-03T00:00:00.000Z'

describe('what comes from elsewhere, in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-harvest-'))
  let source = ''
  before(async () => {
    writeFileSync(join(folder, 'books.csv'), books)
    process.env.HARVEST_FOLDER = folder
    journey = await beginJourney()
    delete process.env.HARVEST_FOLDER
  })
  after(async () => {
    await journey?.end()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a table is looked at, added and read; what was refused and what was not recognised is mended on its page', async () => {
    const page = journey.operator
    await page.setViewportSize({ width: 320, height: 740 })
    await page.goto(journey.at('en', '/desk'))
    await press(page, 'main a[href$="/harvest"]')
    await page.fill('main [name=address]', 'folder:///books.csv')
    await press(page, 'main button[value=check]')
    await look(page)
    const told = await page.innerText('main .note')
    assert.match(told, /4 records were looked at: 2 cannot be taken in/)
    assert.match(told, /#4: [^]*language/, 'what the check of the record itself refuses is seen before it is added')
    assert.doesNotMatch(told, /languageTag/)
    assert.match(told, /Zauberei \(1\)/)
    await press(page, 'main button[value=add]')
    source = new URL(page.url()).pathname.replace(/^\/en/, '')
    await press(page, 'main form[action$="/run"] button')
    for (let tries = 0; tries < 200 && !(await page.innerText('main')).includes('2 records were refused'); tries++) {
      await page.waitForTimeout(200)
      await page.goto(journey.at('en', source))
    }
    await look(page)
    assert.match(await page.innerText('main'), /2 records were refused/)

    await press(page, 'main a:has-text("Zauberei")')
    assert.equal(await page.inputValue('main [name=value]'), 'Zauberei')
    assert.equal(await page.inputValue('main [name=field]'), 'subject')

    const third = page.locator('main li.card', { hasText: '#3' })
    await third.locator('summary').click()
    await look(page)
    await press(page, 'main li.card:has-text("#3") form[action$="/dismiss"] button')
    assert.match(await page.innerText('main'), /1 record was refused/)
  })

  test('each page of the exchange has nothing to mend, in both directions of writing, on a phone and on a desk', async () => {
    const [id] = await journey.share('practices', [
      { title: { en: 'Radio lessons' }, originalLanguage: 'en', type: 'practice' },
    ])
    const database = new DatabaseSync(join(journey.dataDir, 'qingdao.sqlite'))
    database.exec('pragma busy_timeout = 10000')
    const notification = database.prepare('insert into inbox_notification values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    for (const [n, state] of ['waiting', 'accepted', 'dismissed', 'undone'].entries())
      notification.run(
        `000000000000000${n}`,
        `urn:${n}`,
        'reviewAnnounced',
        id!,
        long,
        long,
        'A review service',
        '{}',
        state,
        at,
      )
    database
      .prepare('insert into inbox_announcement values (?, ?, ?, ?, ?, ?, ?)')
      .run('0000000000000009', id!, '', long, at, '', '')
    database
      .prepare('insert into inbox_answer values (?, ?, ?, ?, ?, ?, ?)')
      .run('0000000000000009', long, '{}', 1, null, at, null)
    const [{ count }] = database.prepare('select count(*) as count from inbox_notification').all() as [
      { count: number },
    ]
    database.close()
    assert.equal(count, 4)
    const page = journey.operator
    const paths = [
      '/harvest',
      source,
      source.replace('/harvest', '/sources'),
      '/sources',
      '/network',
      '/inbox',
      '/inbox?state=waiting',
      '/inbox/announced',
      '/offers',
      '/experts',
      '/duplicates',
      `/records/${id}/additions`,
    ]
    assert.ok(source.startsWith('/harvest/'))
    for (const [language, width] of [
      ['en', 320],
      ['ar', 320],
      ['en', 1280],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      for (const path of paths) {
        const answer = await page.goto(journey.at(language, path))
        assert.equal(answer?.status(), 200, path)
        await look(page)
        if (process.env.SCREENSHOTS)
          await page.screenshot({
            path: `${process.env.SCREENSHOTS}/exchange${path.replaceAll(/\W/g, '-')}-${language}-${width}.png`,
            fullPage: true,
          })
      }
    }
  })
})
