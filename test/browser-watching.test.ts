/// <reference lib="dom" />
/** Saving, following, and being told, in a real browser: with scripts in English, without in Arabic. */
import assert from 'node:assert/strict'
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

  test('the list of links is read by an operator', async () => {
    await journey.operator.goto(journey.at('en', '/links'))
    await look(journey.operator)
  })
})
