/// <reference lib="dom" />
/**
 * What was promised and what was paid, followed in a real browser: English with scripts on a phone, Arabic without. The clock of the
 * node is the test's, so that years of silence pass.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { as } from './acting.ts'
import { beginJob, testApp, usualNow } from './app.ts'
import { freeAddress, noChromium, openBrowser } from './browser.ts'
import { look, press, wayName } from './journey.ts'
import { password, person } from './people.ts'

const words = {
  en: {
    report: /^Their own reports[^]*2 January 2026, signed by Wanjiru Mwangi[^]*Completion: Substantial/,
    assessment: /^Independent assessments[^]*2 January 2026, signed by Omar Diallo[^]*Completion: Limited/,
    states: { late: /Report late \(yellow\)/, overdue: /Report overdue \(red\)/, inactive: /Inactive/ },
    dollars: /\$90,000|US\$\s?90,000/,
  },
  ar: {
    report: /^تقاريرهم الذاتية[^]*2026[^]*Wanjiru Mwangi/,
    assessment: /^تقييمات مستقلة[^]*2026[^]*Omar Diallo/,
    states: { late: /أصفر/, overdue: /أحمر/, inactive: /غير نشط/ },
    dollars: /90[٬,.]000|٩٠٬٠٠٠/,
  },
} as const

test('promises and money in a browser', { skip: noChromium }, async (story) => {
  let now = usualNow
  const address = await freeAddress()
  const [node, browser] = await Promise.all([testApp({ address, now: () => now }), openBrowser()])
  const newDay = beginJob(node.app, 'silence')
  story.after(() => browser.close())

  async function visitor(language: string, hasScripts: boolean): Promise<Page> {
    const viewport = hasScripts ? { width: 360, height: 740 } : { width: 1200, height: 800 }
    const context = await browser.newContext({ javaScriptEnabled: hasScripts, viewport, locale: language })
    context.setDefaultTimeout(120_000)
    return context.newPage()
  }
  async function signedIn(page: Page, language: string, email: string): Promise<void> {
    await page.goto(`${address}/${language}/sign-in`)
    await page.fill('[name=email]', email)
    await page.fill('[name=password]', password)
    await press(page, 'main form:has([name=password]) button')
    assert.match(page.url(), /\/account$/)
  }
  async function choose(page: Page, name: string, value: string): Promise<void> {
    const list = page.locator(`select[name=${name}]`)
    if ((await list.count()) > 0) await list.selectOption(value)
    else await page.check(`input[name=${name}][value=${value}]`)
  }
  /** A curator takes in what was submitted: that is no part of these stories. */
  async function publish(draft: string, name: string): Promise<void> {
    const curator = as(node, await person(node, name, { roles: ['curator'] }), 'curator')
    const { revision } = await curator('drafts.read', { id: draft })
    await curator('drafts.step', { id: draft, revision, step: 'accept', verdict: 'sound' })
    await curator('drafts.step', { id: draft, revision, step: 'publish' })
  }
  const draftAt = (page: Page) => /\/drafts\/([0-9a-z]{16})/.exec(page.url())![1]!

  for (const [language, hasScripts] of [
    ['en', true],
    ['ar', false],
  ] as const) {
    const way = wayName(language, hasScripts)
    const told = words[language]
    const here = (path: string) => `${address}/${language}${path}`
    const see = async (page: Page) => (hasScripts ? look(page) : undefined)

    await story.test(
      `${way}: a focal point reports, an assessor disagrees, both stand apart, and silence turns it yellow, red, inactive`,
      async () => {
        now = usualNow
        const { id } = await node.as('curator')('commitments.share', {
          title: { en: `Connect every school ${way}` },
          originalLanguage: 'en',
          stakeholder: 'ministry',
          countries: ['KE'],
          actions: { en: 'Lay fibre to all schools of the country.' },
          promisedOn: '2025-11-01',
          areas: ['access'],
          basis: 'own',
        })
        const wanjiru = await person(node, `Wanjiru ${language}`, { roles: ['focal-point'], country: 'KE', language })
        const omar = await person(node, `Omar ${language}`, { roles: ['reviewer'], language })

        const page = await visitor(language, hasScripts)
        await signedIn(page, language, wanjiru.email)
        await page.goto(here('/commitments'))
        await see(page)
        await press(page, `main a[href$="/records/${id}"]`)
        await see(page)
        await press(page, 'main form[action$="/report"] button')
        await page.fill('[name=title]', 'The first year')
        await page.fill('[name=saidOn]', '2026-01-02')
        await page.fill('[name=signedBy]', 'Wanjiru Mwangi, Ministry of Education')
        await choose(page, 'completion', 'substantial')
        await page.fill('[name=summary]', 'Two thirds of the schools are connected.')
        await see(page)
        await press(page, 'button[name=go] >> nth=0')
        const report = draftAt(page)
        await see(page)
        await press(page, '.submit button')
        await publish(report, `Curator of reports ${language}`)

        const other = await visitor(language, hasScripts)
        await signedIn(other, language, omar.email)
        await other.goto(here(`/records/${id}`))
        assert.equal(await other.locator('main form[action$="/report"]').count(), 0)
        await press(other, 'main form[action$="/assess"] button')
        await other.fill('[name=title]', 'A visit to forty schools')
        await other.fill('[name=saidOn]', '2026-01-02')
        await other.fill('[name=signedBy]', 'Omar Diallo, University')
        for (const [name, value] of [
          ['hasInterest', 'none'],
          ['verifiability', 'verifiable'],
          ['ambition', 'modest'],
          ['completion', 'limited'],
          ['earlyResults', 'marginal'],
        ] as const)
          await choose(other, name, value)
        await other.fill('[name=summary]', 'A fifth of the schools had a connection.')
        await see(other)
        await press(other, 'button[name=go] >> nth=0')
        const assessment = draftAt(other)
        await press(other, '.submit button')
        await see(other)
        await publish(assessment, `Curator of assessments ${language}`)

        const reader = await visitor(language, hasScripts)
        const on = async (day: string) => {
          now = new Date(`${day}T12:00:00Z`)
          await newDay()
          await reader.goto(here(`/records/${id}`))
          const badge = reader.locator('main [data-state]').first()
          return { state: await badge.getAttribute('data-state'), words: await badge.innerText() }
        }
        assert.equal((await on('2026-01-03')).state, 'current')
        await see(reader)
        const parts = reader.locator(
          'section:has(#reports), section:has(#assessments), [aria-labelledby=reports], [aria-labelledby=assessments]',
        )
        assert.equal(await parts.count(), 2, 'beside one another, never mixed')
        assert.match(await parts.nth(0).innerText(), told.report)
        assert.match(await parts.nth(1).innerText(), told.assessment)
        for (const [day, state] of [
          ['2027-01-03', 'late'],
          ['2027-07-03', 'overdue'],
          ['2029-01-03', 'inactive'],
        ] as const) {
          const { state: found, words: badge } = await on(day)
          assert.equal(found, state)
          assert.match(badge, told.states[state])
          await see(reader)
          await reader.goto(here(`/commitments?state=${state}`))
          assert.equal(await reader.locator(`main a[href$="/records/${id}"]`).count(), 1, 'found by its state')
          assert.equal(await reader.locator('#rule').count(), 1, 'by a rule that is there to be read')
        }
        for (const one of [page, other, reader]) await one.context().close()
        now = usualNow
      },
    )

    await story.test(
      `${way}: a donor follows a grant from all the money to the organisation that got it, to the practice it paid for, and back`,
      async () => {
        const curator = node.as('curator')
        const named = (en: string) => ({ title: { en: `${en} ${language}` }, originalLanguage: 'en' })
        const { id: foundation } = await curator('organisations.share', {
          ...named('A foundation'),
          types: ['foundation'],
        })
        const { id: trust } = await curator('organisations.share', {
          ...named('School radio trust'),
          types: ['ngo'],
          countries: ['KE'],
        })
        const { id: practice } = await curator('practices.share', {
          ...named('Lessons by radio'),
          type: 'practice',
          countries: ['KE'],
          summary: { en: 'Lessons by radio.' },
        })
        const { id: grant } = await curator('fundings.share', {
          ...named('A grant for radios'),
          funders: [foundation],
          recipients: [trust],
          practices: [practice],
          amount: { amount: 90_000, currency: 'USD' },
          startsOn: '2025-02-01',
          countries: ['KE'],
          areas: ['access'],
        })
        const page = await visitor(language, hasScripts)
        const go = async (id: string, within = 'main') => {
          await press(page, `${within} a[href$="/records/${id}"] >> nth=0`)
          assert.ok(page.url().endsWith(`/records/${id}`))
          await see(page)
        }
        await page.goto(here('/funding'))
        await see(page)
        // On a phone too the numbers of a chart, which stand beside its columns, are not cut off.
        const charts = await page.locator('svg.years').all()
        assert.ok(charts.length > 0)
        if (hasScripts)
          for (const chart of charts)
            assert.equal(await chart.evaluate((svg) => getComputedStyle(svg).overflow), 'visible')
        await choose(page, 'organisation', foundation)
        await press(page, 'main form.asking button')
        assert.match(await page.innerText('main'), told.dollars)
        await see(page)
        await go(grant)
        assert.match(await page.innerText('main'), told.dollars)
        await go(trust)
        await go(grant)
        await go(practice)
        assert.match(await page.innerText('main section[aria-labelledby=who-paid]'), told.dollars)
        await go(grant, 'main section[aria-labelledby=who-paid]')
        await go(foundation)
        await go(grant)
        await press(page, 'main p.more a[href*="/funding"]')
        assert.ok(await page.locator(`main a[href$="/records/${grant}"]`).count())
        await page.context().close()
      },
    )
  }
})
