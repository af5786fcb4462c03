/// <reference lib="dom" />
/** Those who keep knowledge true, in a real browser: a curator, a translator, a focal point; with scripts and without. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { noChromium } from './browser.ts'
import { beginJourney, emailOf, look, press, wayName, ways, type Journey } from './journey.ts'

const practice = (title: string, more: object = {}) => ({
  title: { en: title },
  originalLanguage: 'en',
  type: 'practice',
  countries: ['KE'],
  ...more,
})

describe('keeping knowledge true in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())

  for (const [language, hasScripts] of ways) {
    const way = wayName(language, hasScripts)
    const here = (path: string) => journey.at(language, path)

    test(`${way}: a curator makes one record of two`, async () => {
      const [one, two] = await journey.share('practices', [
        practice(`Solar lamps ${way}`, { summary: { en: 'Lamps are lent.' } }),
        practice(`The solar lamps ${way}`, { stage: 'pilot' }),
      ])
      const page = await journey.person('Chen', language, hasScripts)
      await journey.giveRoles(emailOf('Chen', language, hasScripts), ['curator'])
      const see = () => (hasScripts ? look(page) : Promise.resolve())
      await page.goto(here(`/records/${two}`))
      await press(page, `a[href$="/records/${two}/merge"]`)
      await see()
      await press(page, `main ul a[href*="into=${one}"]`)
      await see()
      await press(page, 'main form.form button.danger')
      assert.equal(await page.locator('.errors').count(), 1, 'a reason is asked for')
      await see()
      await page.fill('[name=reason]', 'It is the same project.')
      await press(page, 'main form.form button.danger')
      assert.match(page.url(), new RegExp(`/records/${one}\\?merged=${two}$`), 'and that it is done is said there')
      await see()
      await page.goto(here(`/records/${two}`))
      assert.match(page.url(), new RegExp(`/records/${one}$`), 'the old address leads to the new one')
      await page.goto(here(`/records/${one}/history`))
      assert.match(await page.content(), new RegExp(`records/${two}/history`))
      await see()
      await page.goto(here('/duplicates'))
      await see()
    })

    test(`${way}: a translation is suggested, accepted with a change, and brought back after it was replaced`, async () => {
      const [id] = await journey.share('practices', [practice(`Radio ${way}`, { summary: { en: 'By radio.' } })])
      const page = await journey.person('Tariq', language, hasScripts)
      const judge = await journey.person('Amal', language, hasScripts)
      await journey.giveRoles(emailOf('Amal', language, hasScripts), ['curator'])
      const see = (one = page) => (hasScripts ? look(one) : Promise.resolve())
      const readers = async () => {
        await page.goto(journey.at('fr', `/records/${id}`))
        return page.content()
      }
      await page.goto(here(`/records/${id}/translate/fr`))
      assert.match(await page.content(), /By radio\./, 'the original stands beside')
      await see()
      await page.fill('[name=title]', 'La radio')
      await page.fill('[name=summary]', 'Par la radio.')
      await press(page, 'main form.form button')
      const suggested = /\/translations\/([0-9a-z]{16})/.exec(page.url())![1]
      await see()
      assert.doesNotMatch(await readers(), /Par la radio\./, 'readers do not see it yet')

      await judge.goto(here('/desk'))
      await press(judge, 'main a[href$="/translations"]')
      await see(judge)
      await press(judge, `main a[href$="/translations/${suggested}"]`)
      await see(judge)
      await judge.fill('[name=summary]', 'Des leçons par la radio.')
      await press(judge, `form[action$="/accept"] button`)
      await see(judge)
      assert.match(await readers(), /Des leçons par la radio\./)

      await judge.goto(here(`/records/${id}/translate/fr`))
      await judge.fill('[name=title]', 'Autre chose')
      await press(judge, 'main form.form button')
      assert.match(await readers(), /<h1>Autre chose<\/h1>/)
      await judge.goto(here(`/records/${id}/history`))
      assert.match(await judge.content(), /Tariq[^<]*Amal/, 'who translated and who accepted')
      await see(judge)
      await press(judge, 'main a[href$="/versions/2/bring-back"]')
      await see(judge)
      await press(judge, 'main form.form button')
      assert.match(judge.url(), new RegExp(`/records/${id}/history$`))
      assert.match(await readers(), /<h1>La radio<\/h1>/)
      await page.goto(here('/translations/mine'))
      await see()
      await judge.goto(here('/translators'))
      await see(judge)
    })

    test(`${way}: a focal point submits a record in the name of her country, and takes it back`, async () => {
      const [id] = await journey.share('practices', [practice(`Tablets ${way}`)])
      const page = await journey.person('Wanjiru', language, hasScripts)
      await journey.giveRoles(emailOf('Wanjiru', language, hasScripts), ['focal-point'], 'KE')
      const see = () => (hasScripts ? look(page) : Promise.resolve())
      await page.goto(here(`/records/${id}`))
      await press(page, `a[href$="/records/${id}/national-submission"]`)
      await see()
      await page.fill('[name=statement]', 'Part of our policy.')
      await press(page, 'main form.form button')
      assert.ok(await page.locator('.national a').isVisible())
      await see()
      await page.goto(here(`/records/${id}/national-submission`))
      await page.fill('[name=reason]', 'The programme has ended.')
      await press(page, 'main form.form button.danger')
      await page.goto(here(`/records/${id}`))
      assert.equal(await page.locator('.national').count(), 0)
    })
  }

  test('the pages of changes and differences are for every ability', async () => {
    const page = await journey.visitor('en', true)
    await page.goto(journey.at('en', '/changes'))
    await look(page)
    await press(page, 'main table td a')
    await look(page)
    assert.ok((await page.locator('ins, .unsaid').count()) > 0)
  })
})
