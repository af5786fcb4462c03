/// <reference lib="dom" />
/** From a letter to a published record and on, in a real browser on a real node: with scripts in English, without in Arabic. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page, Request } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, look, press, wayName, ways, type Journey } from './journey.ts'

const next = 'button[name=go] >> nth=0'

/** A snapshot, told step by step; ends where it is checked. */
async function tellSnapshot(page: Page, journey: Journey, { language, title }: { language: string; title: string }) {
  await page.goto(journey.at(language, '/share'))
  await press(page, 'main form.form button')
  await page.fill('[name=title]', title)
  await page.fill('[name=problem]', 'Schools are far away.')
  await page.fill('main [name=description]', 'Twenty lessons.')
  await page.check('input[name=technologies][value=radio]')
  await page.fill('[name=countries]', language === 'ar' ? 'كينيا' : 'Kenya')
  await page.check('input[name=levels][value="1"]')
  await page.fill('[name=startedOn]', '2024')
  await press(page, next)
  for (const [name, value] of [
    ['outcome', 'did-not-work'],
    ['stage', 'pilot'],
    ['type', 'practice'],
    ['areas', 'access'],
  ])
    await page.check(`input[name=${name}][value=${value}]`)
  await page.fill('[name=summary]', 'Lessons by radio.')
  await press(page, next)
  const id = /\/drafts\/([0-9a-z]{16})/.exec(page.url())![1]!
  assert.match(page.url(), /\/check$/)
  return id
}

/** Waits until the page says that it saved by itself; where it never does, what it says instead and what became of its requests. */
function savingOf(page: Page): () => Promise<void> {
  const sent: string[] = []
  const since = performance.now()
  const note = (what: string, request: Request) => {
    if (request.method() !== 'POST') return
    sent.push(`${Math.round(performance.now() - since)} ms: ${what} ${new URL(request.url()).pathname}`)
  }
  page.on('request', (request) => note('sent', request))
  page.on('requestfailed', (request) => note(`failed (${request.failure()?.errorText})`, request))
  page.on('response', (response) => note(`answered ${response.status()}`, response.request()))
  return async () => {
    const told = page.locator('[data-autosave]')
    try {
      await told.filter({ hasText: 'Saved.' }).waitFor()
    } catch (error) {
      const said = await told.evaluate((one) => one.outerHTML).catch(String)
      throw new Error(`Never saved by itself. It says ${said}\n${sent.join('\n')}`, { cause: error })
    }
  }
}

const submit = (page: Page) => press(page, '.submit button')

describe('describing something in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  let operator: Page
  before(async () => {
    journey = await beginJourney()
    operator = journey.operator
  })
  after(() => journey?.end())

  const openStep = async (draft: string, step: string) => {
    await operator.goto(journey.at('en', `/drafts/${draft}`))
    await operator.click(`summary:has-text("${step}")`)
    return operator.locator(`details[open]:has(summary:has-text("${step}"))`)
  }
  async function publish(draft: string): Promise<void> {
    const accept = await openStep(draft, 'Accept')
    await accept.locator('input[name=verdict][value=sound]').check()
    await Promise.all([operator.waitForNavigation(), accept.locator('button').click()])
    await press(operator, 'main form[action$="/steps"]:has(input[value=publish]) button')
  }

  for (const [language, hasScripts] of ways)
    test(`${wayName(language, hasScripts)}: told, commented, changed, published, found, tried elsewhere, stale`, async () => {
      const see = (one = page) => (hasScripts ? look(one) : Promise.resolve())
      const page = await journey.person('Amina', language, hasScripts, hasScripts ? look : undefined)
      const here = (path: string) => journey.at(language, path)
      const title = `Radio lessons ${language} ${hasScripts ? 'quick' : 'plain'}`
      const draft = await tellSnapshot(page, journey, { language, title })
      await see()
      await submit(page)
      await see()

      await operator.goto(journey.at('en', `/drafts/${draft}/edit/story`))
      await operator.selectOption('form[action$="/comments"] [name=place]', 'problem')
      await operator.fill('form[action$="/comments"] [name=text]', 'How far?')
      await press(operator, 'form[action$="/comments"] button')
      await look(operator)
      const changes = await openStep(draft, 'Request changes')
      await changes.locator('[name=note]').fill('Please say how far.')
      await Promise.all([operator.waitForNavigation(), changes.locator('button').click()])

      await page.goto(here(`/drafts/${draft}/edit/story`))
      assert.match(await page.content(), /How far\?/, 'the comment stands at its field')
      await see()
      await page.fill('[name=problem]', 'Schools are 40 km away.')
      await press(page, next)
      await page.goto(here(`/drafts/${draft}/check`))
      await submit(page)
      await publish(draft)
      await look(operator)

      await page.goto(here(`/search?q=${encodeURIComponent(title)}`))
      await press(page, `.card a:has-text("${title}")`)
      await see()
      assert.match(await page.content(), /Schools are 40 km away/)

      const ben = await journey.person('Ben', language, hasScripts)
      await ben.goto(here(`/records/${draft}`))
      await press(ben, 'form:has(input[name=act][value=tried]) button')
      const report = /\/drafts\/([0-9a-z]{16})/.exec(ben.url())![1]!
      await ben.fill('[name=title]', `Tried with ${title}`)
      await see(ben)
      await ben.fill('[name=countries]', language === 'ar' ? 'أوغندا' : 'Uganda')
      await ben.fill('[name=adapted]', 'Half as long.')
      await ben.check('input[name=outcome][value=worked]')
      await ben.fill('[name=happened]', 'Children listened.')
      await press(ben, next)
      assert.match(ben.url(), /\/check$/)
      await submit(ben)
      await publish(report)
      await page.goto(here(`/records/${draft}`))
      assert.match(await page.content(), new RegExp(`Tried with ${title}`), 'the source shows who tried it')

      journey.letDaysPass(90)
      await page.goto(here(`/records/${draft}`))
      assert.ok(await page.locator('.warning').isVisible(), 'readers see that nobody looked after it')
      await see()
      await press(page, 'form[action$="/care"] button')
      assert.equal(await page.locator('.warning').count(), 0)
    })

  test('what is typed is saved by itself, kept while there is no connection, and saved when it is back', async () => {
    const page = await journey.visitor('en', true)
    await page.context().addCookies(await operator.context().cookies())
    const saved = savingOf(page)
    await page.goto(journey.at('en', '/share'))
    await press(page, 'main form.form button')
    await page.fill('[name=title]', 'Begun on a bus')
    await saved()

    await page.context().setOffline(true)
    await page.fill('[name=title]', 'Begun on a bus, ended in a tunnel')
    await page.waitForSelector('[data-autosave]:has-text("You are offline")')
    const at = page.url()
    await page.close()
    await page.context().setOffline(false)

    const same = await page.context().newPage()
    const savedThen = savingOf(same)
    await same.goto(at)
    assert.equal(await same.inputValue('[name=title]'), 'Begun on a bus, ended in a tunnel')
    await savedThen()
    const again = await operator.context().newPage()
    await again.goto(at)
    assert.equal(await again.inputValue('[name=title]'), 'Begun on a bus, ended in a tunnel')
  })

  test('what the site cannot take for a moment is sent again, and nobody need press a button', async () => {
    const page = await journey.visitor('en', true)
    await page.context().addCookies(await operator.context().cookies())
    await page.goto(journey.at('en', '/share'))
    await press(page, 'main form.form button')
    let refused = 0
    const saved = savingOf(page)
    await page.route('**/drafts/**', (route) =>
      route.request().method() === 'POST' && refused++ === 0 ? route.fulfill({ status: 503 }) : route.continue(),
    )
    await page.fill('[name=title]', 'While the node was restarted')
    await page.waitForSelector('[data-autosave]:has-text("You are offline")')
    await saved()
    assert.equal(refused, 2)
    await page.reload()
    assert.equal(await page.inputValue('[name=title]'), 'While the node was restarted')
  })
})
