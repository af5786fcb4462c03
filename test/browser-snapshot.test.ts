/**
 * From the front page to a submitted snapshot, and from a record that came from a source to the page on which a reviewer
 * sees the one word that is different: in a real browser, on a phone, in English and Arabic, with and without scripts.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, emailOf, look, press, wayName, ways, type Journey } from './journey.ts'

const password = 'seven quiet radios'
const told = {
  en: {
    title: 'Radio lessons for nomads',
    problem: 'The nearest school is 40 km away.',
    description: 'Three lessons a week by radio, with printed sheets.',
    country: 'Kenya',
    period: 'March 2015 – June 2018',
    shown: ['March 2015', 'June 2018'],
    results: '1,500 of 2,000 pupils passed.',
    summary: 'Lessons by radio, with printed sheets.',
  },
  ar: {
    title: 'دروس إذاعية للرحّل',
    problem: 'أقرب مدرسة على بعد 40 كم.',
    description: 'ثلاثة دروس أسبوعيًا عبر الإذاعة مع أوراق مطبوعة.',
    country: 'كينيا',
    period: 'مارس ٢٠١٥ – يونيو ٢٠١٨',
    shown: ['مارس 2015', 'يونيو 2018'],
    results: 'نجح 1500 من أصل 2000.',
    summary: 'دروس إذاعية مع أوراق مطبوعة.',
  },
} as const

describe('sharing and suggesting a change', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  let lamps = ''
  before(async () => {
    journey = await beginJourney()
    const body = { title: { en: 'Solar lamps' }, originalLanguage: 'en', type: 'practice' }
    ;[lamps = ''] = await journey.share('practices', [body])
  })
  after(() => journey?.end())

  for (const [language, hasScripts] of ways) {
    const here = (path: string) => journey.at(language, path)
    const words = told[language]
    const name = language === 'ar' ? 'Amal' : 'Amina'
    const see = (page: Page) => (hasScripts ? look(page) : Promise.resolve())

    test(`from the front page to a submitted snapshot: ${wayName(language, hasScripts)}`, async () => {
      const page = await journey.visitor(language, hasScripts)
      await page.goto(here('/'))
      await press(page, 'main a[href$="/share"] >> nth=0')
      await see(page)
      await press(page, 'main form.form button')
      // Nobody is signed in: the way to an account keeps where one was going.
      await press(page, 'main a[href*="/sign-up?next="]')
      await page.fill('[name=name]', name)
      const email = emailOf(`${name}-snapshot`, language, hasScripts)
      await page.fill('[name=email]', email)
      await press(page, 'main form.form button')
      // The e-mail is opened in another browser, which knows nothing of the first.
      const elsewhere = await journey.visitor(language, hasScripts)
      await elsewhere.goto(await journey.letterTo(email))
      await elsewhere.fill('[name=password]', password)
      await press(elsewhere, 'main form.form button')
      assert.match(elsewhere.url(), /\/share\?kind=practice/)
      await press(elsewhere, 'main form.form button')

      assert.match(elsewhere.url(), /\/edit\/story$/)
      await see(elsewhere)
      await elsewhere.fill('[name=title]', words.title)
      await elsewhere.fill('[name=problem]', words.problem)
      await elsewhere.fill('main [name=description]', words.description)
      await elsewhere.check('input[name=technologies][value=radio]')
      await elsewhere.fill('[name=countries]', words.country)
      await elsewhere.check('input[name=levels][value="1"]')
      await elsewhere.fill('[name=startedOn]', '31/02/2015')
      await press(elsewhere, 'button[name=go] >> nth=0')
      const wrong = await elsewhere.locator('#f-startedOn-error').innerText()
      assert.match(wrong, /31\/02\/2015/, 'what is wrong is told beside its field')
      assert.doesNotMatch(await elsewhere.locator('main').innerText(), /\^\[|pattern/)
      await see(elsewhere)
      await elsewhere.fill('[name=startedOn]', words.period)
      await press(elsewhere, 'button[name=go] >> nth=0')

      assert.match(elsewhere.url(), /\/edit\/outcome/)
      await see(elsewhere)
      await elsewhere.check('input[name=outcome][value=partly-worked]')
      await elsewhere.check('input[name=stage][value=pilot]')
      await elsewhere.fill('[name=results]', words.results)
      await elsewhere.check('input[name=type][value=practice]')
      await elsewhere.check('input[name=areas][value=access]')
      await elsewhere.fill('[name=summary]', words.summary)
      await press(elsewhere, 'button[name=go] >> nth=0')

      assert.match(elsewhere.url(), /\/check$/)
      await see(elsewhere)
      const all = await elsewhere.locator('main').innerText()
      for (const one of [words.title, words.problem, words.results, ...words.shown, 'CC BY 4.0', name])
        assert.ok(all.includes(one), `${one} stands on the page to check`)
      await press(elsewhere, '.answer a.change[href*="f-problem"]')
      await elsewhere.fill('[name=problem]', `${words.problem} ${words.problem}`)
      await press(elsewhere, 'button[name=go] >> nth=0')
      assert.match(elsewhere.url(), /\/check$/)
      await press(elsewhere, '.submit button')
      await see(elsewhere)
      assert.equal(await elsewhere.locator('.submit').count(), 0)
      const draft = /drafts\/([0-9a-z]{16})/.exec(elsewhere.url())![1]!
      await journey.operator.goto(journey.at('en', '/queue'))
      assert.ok((await journey.operator.content()).includes(draft), 'it waits for review')
      await page.context().close()
      await elsewhere.context().close()
    })

    test(`one word of a record that lacks most is changed: ${wayName(language, hasScripts)}`, async () => {
      const page = await journey.person(`${name}-change`, language, hasScripts)
      await page.goto(here(`/records/${lamps}`))
      await press(page, 'form[action$="/change"] button')
      await page.fill('[name=title]', `Solar lamps by ${name}`)
      await press(page, 'button[name=go] >> nth=0')
      assert.match(page.url(), /\/check$/)
      await see(page)
      assert.equal(await page.locator('.compared ins').innerText(), ` by ${name}`)
      await press(page, '.submit button')
      const draft = /drafts\/([0-9a-z]{16})/.exec(page.url())![1]!
      await page.context().close()

      await journey.giveRoles('fatou@example.org', ['curator'])
      const { operator } = journey
      await operator.goto(journey.at(language, `/drafts/${draft}/check`))
      assert.equal(await operator.locator('.compared ins').innerText(), ` by ${name}`)
      await look(operator)
      await operator.click('#f-title summary')
      await operator.fill('#f-title textarea', 'Who is that?')
      await press(operator, '#f-title form button')
      assert.match(operator.url(), /\/check#f-title$/)
      assert.match(await operator.locator('#f-title .pinned').innerText(), /Who is that\?/)
    })
  }
})
