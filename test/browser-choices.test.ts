/// <reference lib="dom" />
/** Choices by the names that people use, in a real browser: country, language, subject, licence, organisation. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, look, press, wayName, ways, type Journey } from './journey.ts'

const stay = 'button[name=go][value=stay]'

const written = {
  en: {
    country: 'UK\nTanzania\nIvory Coast',
    countries: 'United Kingdom of Great Britain and Northern Ireland\nUnited Republic of Tanzania\nCôte d’Ivoire',
    unsure: 'Korea',
    sure: 'Republic of Korea',
    languages: 'Kiswahili\nFarsi',
    languagesAfter: 'Swahili\nPersian',
    subject: 'maths',
    licence: 'Creative Commons Attribution-ShareAlike 4.0 International',
    begun: 'tanzan',
    taken: 'United Republic of Tanzania',
  },
  ar: {
    country: 'السعودية\nسوريا\nUSA',
    countries: 'المملكة العربية السعودية\nالجمهورية العربية السورية\nالولايات المتحدة الأمريكية',
    unsure: 'كوريا',
    sure: 'جمهورية كوريا',
    languages: 'الانجليزية\nKiswahili',
    languagesAfter: 'الإنجليزية\nالسواحلية',
    subject: 'رياضيات',
    licence: 'https://creativecommons.org/licenses/by-sa/4.0/deed.ar',
    begun: 'تنزا',
    taken: 'جمهورية تنزانيا المتحدة',
  },
} as const

describe('choosing in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
    await journey.share(
      'organisations',
      ['Radio Schools Trust', 'Radio Schools Network'].map((title) => ({
        title: { en: title },
        originalLanguage: 'en',
      })),
    )
  })
  after(() => journey?.end())

  const valueOf = (page: Page, name: string) => page.inputValue(`[name="${name}"]`)

  for (const [language, hasScripts] of ways)
    test(`${wayName(language, hasScripts)}: what is called by its usual name is found`, async () => {
      const words = written[language]
      const page = await journey.person('Rosa', language, hasScripts)
      const here = (path: string) => journey.at(language, path)
      await page.goto(here('/share'))
      await press(page, 'main form.form button')
      const id = /\/drafts\/([0-9a-z]{16})/.exec(page.url())![1]!
      const open = (step: string) => page.goto(here(`/drafts/${id}/edit/${step}`))

      await open('story')
      await page.fill('[name=title]', 'Radio lessons')
      await press(page, stay)

      await open('classification')
      await page.fill('[name=languages]', words.languages)
      await press(page, stay)
      await open('classification')
      assert.equal(await valueOf(page, 'languages'), words.languagesAfter)

      await open('classification')
      await page.fill('[name=subjects]', words.subject)
      await press(page, stay)
      await open('classification')
      assert.match(await valueOf(page, 'subjects'), language === 'en' ? /^Mathematics/ : /^الرياضيات/)

      await open('governance')
      await page.fill('[name=licence]', words.licence)
      await press(page, stay)
      await open('governance')
      assert.match(await valueOf(page, 'licence'), /^CC BY-SA 4\.0/)

      // Several that are not understood are named at once, with what may be meant; what was typed is kept.
      await open('story')
      const typed = `${words.country}\n${words.unsure}\nNarnia`
      await page.fill('[name=countries]', typed)
      await press(page, stay)
      assert.equal(await valueOf(page, 'countries'), typed)
      const said = await page.locator('#f-countries-error').innerText()
      assert.ok(said.includes('Narnia') && said.includes(words.unsure), said)
      assert.equal(await page.locator('fieldset.meant').count(), 1, 'nothing is offered for Narnia')
      if (hasScripts) await look(page)
      await page.check('fieldset.meant input[value=KR]')
      await page.fill('[name=countries]', `${words.country}\n${words.unsure}`)
      await press(page, stay)
      await open('story')
      assert.equal(await valueOf(page, 'countries'), `${words.countries}\n${words.sure}`)

      // An organisation by a name that two begin with, then by its own.
      await open('outcome')
      await page.fill('[name="organisations.0.organisation"]', 'Radio Schools')
      await page.selectOption('[name="organisations.0.role"]', 'lead')
      await press(page, stay)
      assert.equal(await page.locator('fieldset.meant input[type=radio]').count(), 3)
      await page.fill('[name="organisations.0.organisation"]', 'radio schools trust')
      await press(page, stay)
      await open('outcome')
      assert.match(await valueOf(page, 'organisations.0.organisation'), /^Radio Schools Trust \[/)

      if (!hasScripts) return
      await open('story')
      await page.locator('#f-countries-find').pressSequentially(words.begun)
      await page.locator('.choices [role=option]').first().waitFor()
      assert.equal(await page.getAttribute('#f-countries-find', 'aria-expanded'), 'true')
      await look(page)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      assert.ok((await valueOf(page, 'countries')).split('\n').includes(words.taken))
      assert.equal(
        await valueOf(page, 'countries').then((text) => new Set(text.split('\n')).size),
        language === 'en' ? 4 : 5,
      )

      await open('outcome')
      await page.locator('[name="organisations.1.organisation"]').pressSequentially('radio sch')
      await page.locator('.choices:not([hidden]) [role=option]').first().waitFor()
      await page.keyboard.press('Escape')
      assert.equal(await page.locator('.choices:not([hidden])').count(), 0)
    })
})
