/// <reference lib="dom" />
/** Saving, following, and being told, in a real browser: with scripts in English, without in Arabic. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { noChromium } from './browser.ts'
import { beginJourney, look, press, type Journey } from './journey.ts'

const radio = (n: number) => ({
  title: { en: `Radio lessons ${n}`, ar: `دروس عبر الإذاعة ${n}` },
  originalLanguage: 'en',
  type: 'practice',
  description: { en: 'Lessons by radio for schools far away.' },
  countries: ['KE'],
  websites: ['https://example.org/a-rather-long-address/of-a-project/that-does-not-break-anywhere-easily'],
})

describe('watching in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())

  for (const [language, hasScripts] of [
    ['en', true],
    ['ar', false],
  ] as const)
    test(`${language}, ${hasScripts ? 'with' : 'without'} scripts: a search is saved, a record and a country followed, what is new is seen`, async () => {
      const [id] = await journey.share('practices', [radio(1)])
      const page = await journey.person('Amina', language, hasScripts)
      const folder = process.env.SCREENSHOTS
      const see = async (name: string) => {
        if (hasScripts) await look(page)
        if (!folder) return
        await page.screenshot({ path: `${folder}/${language}-${name}.png`, fullPage: true })
      }
      await page.goto(journey.at(language, '/search?q=radio'))
      await page
        .locator('details.keep:has(form[action$="/watching/searches"])')
        .evaluate((one) => one.setAttribute('open', ''))
      await see('search')
      await page.fill('[name=name]', 'Radio')
      await press(page, 'form[action$="/watching/searches"] button')
      await page.goto(journey.at(language, `/records/${id}`))
      await press(page, 'form[action$="/watching/records"] button')
      await see('record')
      await page.goto(journey.at(language, '/countries/KE'))
      await press(page, 'form[action$="/watching/searches"] button')
      await see('country')
      await journey.share('practices', [radio(2)])
      await page.goto(journey.at(language, '/watching'))
      for (let tries = 0; tries < 50 && !(await page.content()).includes('/watching/seen'); tries++) {
        await page.waitForTimeout(100)
        await page.reload()
      }
      await see('watching')
      assert.match(await page.innerText('main'), /Radio[^]*2/)
      await press(page, 'form[action$="/watching/feed"] button')
      await see('feed')
      assert.match(await page.innerText('code'), /\/watching\/feeds\/[\w-]{43}$/)
      await press(page, 'form[action$="/end"] button >> nth=0')
      await see('ended')
      await press(page, 'form[action$="/resume"] button')
      if (folder) {
        await page.setViewportSize({ width: 1280, height: 900 })
        await see('wide')
        await page.goto(journey.at(language, `/records/${id}`))
        await see('record-wide')
        await page.setViewportSize({ width: 360, height: 740 })
      }
    })

  test('what was found of links is read beside them and in a list', async () => {
    const [id] = await journey.share('practices', [radio(3)])
    const database = new DatabaseSync(join(journey.dataDir, 'qingdao.sqlite'))
    const { number } = database.prepare('select number from record where id = ?').get(id!) as { number: number }
    const put = database.prepare(
      'insert into link_address (address, host, state, reason, status, "movedTo", "checkedAt", failures, "firstFailedOn", "dueAt") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    const long = `https://example.org/${'a-rather-long-address/'.repeat(6)}`
    const at = '2026-05-03T00:00:00.000Z'
    put.run('https://example.org/works', 'example.org', 'works', '', 200, null, at, 0, null, at)
    put.run(long, 'example.org', 'moved', '', 200, `${long}new`, at, 0, null, at)
    put.run(`${long}broken`, 'example.org', 'broken', 'status', 404, null, at, 3, '2026-04-30', at)
    for (const address of ['https://example.org/works', long, `${long}broken`])
      database.prepare('insert into link_use (number, address) values (?, ?)').run(number, address)
    database.close()
    for (const [language, width] of [
      ['en', 360],
      ['ar', 360],
      ['en', 1280],
    ] as const) {
      await journey.operator.setViewportSize({ width, height: 800 })
      for (const path of [`/records/${id}`, '/links']) {
        await journey.operator.goto(journey.at(language, path))
        await look(journey.operator)
        const folder = process.env.SCREENSHOTS
        if (folder)
          await journey.operator.screenshot({
            path: `${folder}/links-${language}-${width}${path.slice(0, 4).replace('/', '-')}.png`,
            fullPage: true,
          })
      }
    }
    assert.match(await journey.operator.innerText('main'), /broken since 30 April 2026/)
  })
})
