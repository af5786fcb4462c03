/// <reference lib="dom" />
/** Writing with others, in a real browser: asked, answered, left; who judges hands on first. With scripts and without. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, emailOf, look, press, wayName, ways, type Journey } from './journey.ts'

describe('writing with others in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())

  for (const [language, hasScripts] of ways) {
    const way = wayName(language, hasScripts)
    const here = (path: string) => journey.at(language, path)
    const of = `${language}-${hasScripts ? 'quick' : 'plain'}`
    const name = (one: string) => `${one}-${of}`
    /** axe where scripts run; without them, that nothing is wider than the phone. */
    async function see(page: Page): Promise<void> {
      if (hasScripts) return look(page)
      const box = await page.locator('main').boundingBox()
      assert.ok(box && box.x >= 0 && box.x + box.width <= 361, `${page.url()} is ${box?.width} wide`)
    }

    async function begun(page: Page, title: string): Promise<string> {
      await page.goto(here('/share?kind=organisation'))
      await press(page, 'main form.form button')
      await page.fill('[name=title]', title)
      await press(page, 'button[name=go] >> nth=0')
      const id = /\/drafts\/([0-9a-z]{16})/.exec(page.url())![1]!
      await page.goto(here(`/drafts/${id}`))
      return id
    }

    async function invite(page: Page, id: string, email: string): Promise<void> {
      await page.goto(here(`/drafts/${id}`))
      await page.fill('form[action$="/authors"] [name=email]', email)
      await press(page, 'form[action$="/authors"] button')
      assert.match(page.url(), new RegExp(`/drafts/${id}$`))
    }
    const answers = (page: Page, id: string, accepts: boolean) =>
      press(page, `form[action$="/draft-invitations/${id}/answer"]:has(input[value=${String(accepts)}]) button`)

    test(`${way}: who is asked is no author before the yes, nothing is said of accounts, and one can leave`, async () => {
      const title = `Ministry of Radio ${way}`
      const amina = await journey.person(name('Amina'), language, hasScripts)
      const ben = await journey.person(name('Benedict'), language, hasScripts)
      const [known, unknown] = [emailOf(name('Benedict'), language, hasScripts), `nobody.${of}@example.org`]
      const id = await begun(amina, title)

      await amina.fill('form[action$="/authors"] [name=email]', 'nobody')
      // Without scripts too, the browser itself asks for an address; what reaches the server is refused by its field.
      await amina.locator('form[action$="/authors"]').evaluate((form: HTMLFormElement) => {
        form.noValidate = true
      })
      await press(amina, 'form[action$="/authors"] button')
      assert.equal(await amina.locator('.errors a[href="#f-email"]').count(), 1, 'the summary leads to the field')
      assert.equal(await amina.inputValue('form[action$="/authors"] [name=email]'), 'nobody', 'what was typed stays')
      await see(amina)

      const said: string[] = []
      for (const email of [known, unknown]) {
        await invite(amina, id, email)
        said.push((await amina.locator('main').innerText()).replaceAll(email, 'somebody'))
        await see(amina)
        await press(amina, 'form[action$="/authors/withdrawal"] button')
      }
      assert.equal(said[0], said[1], 'an address with an account is met like one without')
      assert.ok(said[0]!.includes('somebody') && !said[0]!.includes('Benedict'))

      await invite(amina, id, known)
      assert.equal(
        (await ben.goto(here(`/drafts/${id}`)))!.status(),
        404,
        'it is not theirs to read before they say yes',
      )
      await ben.goto(here('/desk'))
      assert.ok((await ben.locator('main').innerText()).includes(title))
      assert.match(await ben.locator('.own .count').innerText(), /^[1١]$/, 'the header counts what waits')
      await see(ben)
      await answers(ben, id, false)
      assert.ok(!(await ben.locator('main').innerText()).includes(title), 'a no is the end of it')

      await invite(amina, id, known)
      await ben.goto(here('/desk'))
      await answers(ben, id, true)
      assert.match(ben.url(), new RegExp(`/drafts/${id}$`))
      await see(ben)
      await ben.goto(here(`/drafts/${id}/edit/identity`))
      await ben.fill('[name=title]', `${title} and Television`)
      await press(ben, 'button[name=go] >> nth=0')
      await amina.goto(here(`/drafts/${id}`))
      const both = await amina.locator('main').innerText()
      assert.ok(both.includes('Benedict') && both.includes('Television'), 'after the yes they write together')

      await ben.goto(here(`/drafts/${id}`))
      await press(ben, 'form[action$="/authors/leave"] button')
      assert.match(ben.url(), /\/desk$/)
      assert.equal((await ben.goto(here(`/drafts/${id}`)))!.status(), 404)
      await amina.goto(here(`/drafts/${id}`))
      assert.equal(await amina.locator('form[action$="/authors/leave"]').count(), 0, 'the last author stays')
      await see(amina)
    })

    test(`${way}: who judges is refused as an author until they hand the work on`, async () => {
      const title = `Solar school ${way}`
      const [amina, chen] = [name('Adjoa'), name('Chen')]
      const author = await journey.person(amina, language, hasScripts)
      const curator = await journey.person(chen, language, hasScripts)
      const other = await journey.person(name('Omar'), language, hasScripts)
      await journey.giveRoles(emailOf(chen, language, hasScripts), ['curator'])
      await journey.giveRoles(emailOf(name('Omar'), language, hasScripts), ['reviewer'])
      const id = await begun(author, title)
      await author.goto(here(`/drafts/${id}/check`))
      await press(author, '.submit button')

      /** The curator sends it back, so that it is open to authors again. */
      const sendBack = async () => {
        await curator.goto(here(`/drafts/${id}`))
        const step = curator.locator('form:has(input[value=requestChanges]) details')
        await step.locator('summary').click()
        await step.locator('[name=note]').fill('Say more.')
        await Promise.all([curator.waitForNavigation(), step.locator('button').click()])
      }
      await sendBack()
      await invite(author, id, emailOf(chen, language, hasScripts))
      await curator.goto(here('/desk'))
      await answers(curator, id, true)
      assert.equal(await curator.locator('.errors a').count(), 1, 'it is said why')
      const target = await curator.locator('.errors a').getAttribute('href')
      assert.ok(await curator.locator(target!).locator('.error').isVisible(), 'and beside the invitation')
      await see(curator)
      await author.goto(here(`/drafts/${id}`))
      assert.equal(await author.locator('form[action$="/authors/leave"]').count(), 0, 'still one author')

      await author.goto(here(`/drafts/${id}/check`))
      await press(author, '.submit button')
      await curator.goto(here(`/drafts/${id}`))
      await see(curator)
      const reviewer = curator.locator('form[action$="/assign"] [name=reviewer]')
      const omar = await reviewer
        .locator('option', { hasText: name('Omar') })
        .first()
        .getAttribute('value')
      await reviewer.selectOption(omar)
      await press(curator, 'form[action$="/assign"] button')
      await sendBack()
      await curator.goto(here('/desk'))
      await answers(curator, id, true)
      assert.match(curator.url(), new RegExp(`/drafts/${id}$`), 'handed on, so now an author')
      await curator.goto(here(`/drafts/${id}`))
      assert.equal(await curator.locator('form[action$="/authors/leave"]').count(), 1)
      await see(curator)
      await author.goto(here(`/drafts/${id}/check`))
      await press(author, '.submit button')
      await curator.goto(here(`/drafts/${id}`))
      assert.equal(await curator.locator('input[value=accept]').count(), 0, 'who writes it judges it no more')
      await other.goto(here('/desk'))
      assert.ok((await other.locator('main').innerText()).includes(title), 'it waits for the reviewer')
    })
  }
})
