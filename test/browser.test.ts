/// <reference lib="dom" />
/** The pages as people meet them: in a real browser, with real records, in six languages, without scripts. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { kinds } from '#app'
import { languages } from '#kernel/i18n/languages.ts'
import { ambFaults } from './amb-faults.ts'
import { htmlFaults } from './html-faults.ts'
import { noJava, nuHtmlErrors } from './nu-html-checker.ts'
import { noChromium, openBrowser, startNode, weigh, weighInBrowser, type Node } from './browser.ts'

type Ready = { ready: boolean; search: { records: number } }

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe('in a browser', { skip: noChromium, concurrency: false }, () => {
  let node: Node
  let browser: Browser
  let dataDir: string
  const paths: Record<string, string> = {
    home: '/',
    search: '/search?q=science',
    'one filter opened': '/search?q=science&all=language',
    'nothing found': '/search?q=zzzzqq+xxyyy&country=KE',
    'one list of a vague question': '/search?q=science&flat=true',
    'filters inside filters': '/search?q=technology&region=150&subject=06&not=kind:concept',
    'a table': '/search?q=teacher&view=table',
    'a map': '/search?q=teacher&view=map',
    'a timeline': '/search?q=teacher&view=timeline',
    charts: '/search?q=teacher&view=charts&of=country',
    'what almost matched': '/search?q=kolibri&country=KE&from=1950&to=1951',
    ranking: '/ranking',
    'in a frame': '/embed/search?q=radio',
    areas: '/areas',
    area: '/access',
    countries: '/countries',
    country: '/countries/KE',
    languages: '/languages',
    language: '/languages/sw',
    subjects: '/subjects',
    subject: '/subjects/061',
    map: '/map',
    about: '/about',
    help: '/help',
    accessibility: '/accessibility',
    credits: '/credits',
    api: '/api',
    operation: '/api/reference/search',
    vocabulary: '/vocabularies/licences',
    dump: '/dump',
    log: '/log',
    changes: '/changes',
    'changes with imports': '/changes?imports=true',
    components: '/components',
    'places like mine': '/fit?country=KE&level=1&connectivity=shared&language=sw',
    'the map of the evidence': '/evidence-map?level=1',
    'nothing to compare yet': '/compare',
    'the ladder of evidence': '/evidence-levels',
    sources: '/collections',
    'a lesson without a name': '/lessons/anonymous',
    lessons: '/lessons',
    'lessons for those who buy': '/lessons?phase=procure&to=planner',
    approaches: '/approaches',
    'approaches of one part of the world': '/approaches?region=002&sort=effect',
    'what is in here': '/numbers',
    indicators: '/indicators',
    'an indicator': '/indicators/internet_users?area=KE&area=UG&area=EG',
    'an indicator on the map': '/indicators/schbsp_welec?view=map',
    'a ranking of countries': '/indicators/se_acc_elec?view=ranking',
    'an indicator broken down': '/indicators/se_awp_cpra?view=breakdown&area=KE&area=UG&by=sex',
    'an indicator as a table': '/indicators/se_acc_elec?view=table',
    'an indicator in a frame': '/indicators/trtp/embed?area=KE',
    declaration: '/declaration',
    commitments: '/commitments',
    funding: '/funding',
    policies: '/policies',
    calls: '/calls',
    'its own use': '/use?level=1',
    'verifying a credential': '/verify',
    'offers and requests': '/offers',
    experts: '/experts',
    'where something is recognised': '/recognition/where?held=online-course',
    'trust lists': '/recognition/trust-lists',
    problems: '/problems',
    'not found': '/nowhere',
  }

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'qingdao-browser-'))
    node = await startNode(dataDir)
    browser = await openBrowser()
    for (const kind of [...kinds.values()].filter(({ isAid }) => !isAid)) {
      const found = (await (
        await fetch(`${node.address}/api/search?kind=${kind.name}&limit=1&sort=oldest`)
      ).json()) as { records: { id: string }[] }
      // Some kinds wait for people: the node is not filled with any.
      if (found.records[0]) paths[kind.name] = `/records/${found.records[0].id}`
    }
    paths.explanation = `/search/explanations/${paths.practice!.slice('/records/'.length)}?q=service`
    paths['a practice held against a country'] = `${paths.practice}?place=KE`
    paths.history = `${paths.practice}/history`
    paths.proof = `${paths.practice}/proof`
    paths.summary = `${paths.practice}/summary`
    const { records } = (await (await fetch(`${node.address}/api/search?kind=practice&limit=4`)).json()) as {
      records: { id: string }[]
    }
    paths['four side by side'] = `/compare?${new URLSearchParams(records.map(({ id }) => ['id', id]))}`
    paths['one to compare with others'] = `/compare?id=${paths.practice!.slice('/records/'.length)}`
  })
  after(async () => {
    await browser?.close()
    await node?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const visit = async (options: Parameters<Browser['newContext']>[0] = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    return { page: await context.newPage(), context }
  }
  const open = (page: Page, path: string, language = 'en') =>
    page.goto(`${node.address}/${language}${path === '/' ? '' : path}`)

  test('a fresh node fills itself with real records, shows how far it is, and says what to do next', async () => {
    assert.match(node.said(), /Loading records/)
    assert.match(node.said(), /ready at http:\/\/localhost:\d+ with [\d,]{5,} records/)
    assert.match(node.said(), /Open the address in a browser/)
    const { ready, search } = (await (await fetch(`${node.address}/ready`)).json()) as Ready
    assert.equal(ready && search.records > 30_000, true)
  })

  // Each type of page in English and in one of the others, half of them in Arabic: the six differ in words and direction alone.
  const others = languages.filter((language) => language !== 'en' && language !== 'ar')
  /** By how many pixels the page is wider than its window. */
  const overOf = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const languageBeside = (place: number) => (place % 2 === 0 ? 'ar' : others[((place - 1) / 2) % others.length]!)
  const isCheckedIn = (language: string, place: number) => language === 'en' || languageBeside(place) === language
  for (const language of languages)
    test(`axe finds nothing to mend on any type of page in ${language}, and none is wider than a phone of 320 pixels`, async () => {
      const { page, context } = await visit()
      const usual = page.viewportSize()!
      const faults: string[] = []
      const checked = Object.entries(paths).filter((_, place) => isCheckedIn(language, place))
      assert.ok(checked.length > 8)
      for (const [name, path] of checked) {
        await open(page, path, language)
        await page.evaluate(axeSource)
        // Colours are the same in each language, and to weigh them takes half of the time.
        const rules = { 'color-contrast': { enabled: language === 'en' } }
        const { violations } = await page.evaluate(
          async (rules) =>
            (globalThis as any).axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              resultTypes: ['violations'],
              rules,
            }),
          rules,
        )
        for (const { id, nodes } of violations)
          faults.push(
            `${name}: ${id} ${nodes
              .slice(0, 2)
              .map((one: any) => one.html.slice(0, 160))
              .join(' | ')}`,
          )
        await page.setViewportSize({ width: 320, height: 700 })
        const over = await overOf(page)
        if (over > 0) faults.push(`${name}: ${over} px too wide`)
        await page.setViewportSize(usual)
      }
      await context.close()
      assert.deepEqual(faults, [])
    })

  test('axe finds nothing to mend in dark colours either', async () => {
    const { page, context } = await visit({ colorScheme: 'dark' })
    const faults: string[] = []
    for (const path of [paths.home!, paths.search!, paths.practice!, paths.country!, paths.study!]) {
      await open(page, path)
      await page.evaluate(axeSource)
      const { violations } = await page.evaluate(async () => (globalThis as any).axe.run(document))
      for (const { id, nodes } of violations) faults.push(`${path}: ${id} ${nodes[0]?.html.slice(0, 160)}`)
    }
    await context.close()
    assert.deepEqual(faults, [])
  })

  test('every type of page is valid HTML, and says of itself what search engines and phones need', async () => {
    const faults: string[] = []
    const all = [...Object.values(paths), '/sign-in', '/sign-up', '/share']
    for (const language of ['en', 'ar'])
      for (const path of all) {
        const text = await (await fetch(`${node.address}/${language}${path === '/' ? '' : path}`)).text()
        for (const fault of await htmlFaults(text)) faults.push(`/${language}${path}: ${fault}`)
      }
    assert.deepEqual(faults, [])
  })

  test('the Nu Html Checker finds no error in any type of page, in six languages', { skip: noJava }, async () => {
    const pages = new Map<string, string>()
    const all = [...Object.values(paths), '/sign-in', '/sign-up', '/share', '/privacy']
    for (const language of languages)
      for (const path of all.filter((_, place) => isCheckedIn(language, place))) {
        const address = `/${language}${path === '/' ? '' : path}`
        pages.set(address, await (await fetch(node.address + address)).text())
      }
    assert.ok(pages.size > 100)
    assert.deepEqual(await nuHtmlErrors(pages), [])
  })

  test('every twentieth resource and course is valid in the AMB profile', async () => {
    const faults: string[] = []
    let checked = 0
    for (const list of ['resources', 'courses']) {
      let next: number | null = 0
      let seen = 0
      while (next !== null) {
        const address: string = `${node.address}/api/${list}?limit=100${next > 0 ? `&after=${next}` : ''}`
        const page = (await (await fetch(address)).json()) as { records: { id: string }[]; next: number | null }
        for (const { id } of page.records)
          if (seen++ % 20 === 0) {
            checked++
            const found = ambFaults(await (await fetch(`${node.address}/records/${id}.amb`)).json())
            faults.push(...found.map((fault) => `${id}: ${fault}`))
          }
        next = page.next
      }
    }
    assert.ok(checked > 900, String(checked))
    assert.deepEqual(faults, [])
  })

  test('the table of approaches fits in a window of 1100 pixels in every language', async () => {
    const { page, context } = await visit({ viewport: { width: 1100, height: 900 } })
    const cut: string[] = []
    for (const language of languages) {
      await open(page, '/approaches', language)
      const over = await page.locator('.scroll').evaluate((frame) => frame.scrollWidth - frame.clientWidth)
      if (over > 0) cut.push(`${language}: ${over} px`)
    }
    await context.close()
    assert.deepEqual(cut, [])
  })

  test('on a phone no text is smaller than 12 pixels; the policy holds: the browser reports nothing, and nothing is fetched elsewhere or remembered', async () => {
    const { page, context } = await visit({ viewport: { width: 360, height: 700 } })
    const small: string[] = []
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    page.on('request', (request) => !request.url().startsWith(node.address) && said.push(request.url()))
    // A browser reports a page that is not there by itself.
    for (const [name, path] of Object.entries(paths).filter(([name]) => name !== 'not found')) {
      await open(page, path)
      const sizes = await page.evaluate(() =>
        [...document.querySelectorAll('main *, header *, footer *')]
          .filter(
            (one) =>
              one.checkVisibility() &&
              !one.closest('svg') &&
              [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim()),
          )
          .map((one) => [Number.parseFloat(getComputedStyle(one).fontSize), one.outerHTML.slice(0, 80)] as const)
          .filter(([size]) => size < 12),
      )
      if (sizes[0]) small.push(`${name}: ${sizes[0].join(' ')}`)
    }
    assert.deepEqual(small, [])
    assert.deepEqual(said, [])
    assert.deepEqual(await context.cookies(), [])
    await context.close()
  })

  test('a first visit is light on every type of page: at most 14 kB of HTML and 30 kB in all', async () => {
    const heavy: string[] = []
    for (const language of ['en', 'ar'])
      for (const [name, path] of Object.entries(paths)) {
        const { html, all } = await weigh(`${node.address}/${language}${path === '/' ? '' : path}`)
        if (html > 14_000 || all > 30_000) heavy.push(`${language} ${name}: ${html} HTML, ${all} in all`)
      }
    assert.deepEqual(heavy, [])
  })

  test('a browser fetches no more for a first visit than the page names', async () => {
    for (const path of [paths.home!, paths.search!, paths.practice!]) {
      const { page, context } = await visit()
      const seen = await weighInBrowser(page, `${node.address}/en${path}`)
      const told = await weigh(`${node.address}/en${path}`)
      // An answer asked for again is compressed more; one file more or less is far more than that.
      assert.ok(Math.abs(seen.all - told.all) < told.all * 0.15, `${path}: ${seen.all} seen, ${told.all} told`)
      await context.close()
    }
  })

  test('nothing runs out of a page of 320 pixels in Arabic', async () => {
    const wide: string[] = []
    const { page, context } = await visit({ viewport: { width: 320, height: 700 }, javaScriptEnabled: false })
    for (const [name, path] of Object.entries(paths)) {
      await open(page, path, 'ar')
      const over = await overOf(page)
      if (over > 0) wide.push(`${name}: ${over} px too wide`)
    }
    await context.close()
    assert.deepEqual(wide, [])
  })

  test('nothing runs out of a page of 640 pixels with text twice as large, in Russian', async () => {
    const wide: string[] = []
    const { page, context } = await visit({ viewport: { width: 640, height: 700 } })
    for (const [name, path] of Object.entries(paths)) {
      await open(page, path, 'ru')
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
      const over = await overOf(page)
      if (over > 0) wide.push(`${name}: ${over} px too wide`)
    }
    await context.close()
    assert.deepEqual(wide, [])
  })

  test('a reader without scripts, on a phone, in Arabic, finds a story and reads it', async () => {
    const { page, context } = await visit({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 700 },
      locale: 'ar',
    })
    await page.goto(node.address)
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
    await page.locator('#q').fill('الطائر')
    await page.locator('#q').press('Enter')
    await page.locator('.tongues a[hreflang="fr"]').click()
    assert.match(page.url(), /\/fr\/search/)
    await page.goto(`${node.address}/ar/search?type=story&language=sw`)
    await page.locator('.card a').first().click()
    assert.equal(await page.locator('.story h2').count(), 1)
    assert.ok((await page.locator('.licence li').count()) > 1)
    await context.close()
  })

  test('with the keyboard alone: skip to the content, search, choose a filter, read a record', async () => {
    const { page, context } = await visit()
    await open(page, '/')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'q')
    await page.keyboard.type('teacher training')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=teacher/)
    await page.locator('#filters a').first().focus()
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle), 'none')
    await page.keyboard.press('Enter')
    await page.waitForURL(/kind=/)
    await page.locator('.card a').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/records\//)
    assert.ok(await page.locator('h1').textContent())
    await context.close()
  })

  test('with the keyboard alone, suggestions come as one types, and one is chosen', async () => {
    const { page, context } = await visit()
    await open(page, '/about')
    await page.locator('#q').focus()
    await page.keyboard.type('keny')
    await page.locator('#suggestions [role=option]').first().waitFor()
    assert.equal(await page.locator('#q').getAttribute('aria-expanded'), 'true')
    const lines = await page.locator('#suggestions [role=option]').allTextContents()
    const place = lines.findIndex((line) => line === 'Kenya Country')
    assert.ok(place >= 0, lines.join(', '))
    for (let i = 0; i <= place; i++) await page.keyboard.press('ArrowDown')
    const active = await page.locator('#q').getAttribute('aria-activedescendant')
    assert.equal(await page.locator(`#${active}`).textContent(), 'Kenya Country')
    await page.keyboard.press('Enter')
    await page.waitForURL(/country=KE/)
    await page.locator('#q').focus()
    await page.keyboard.type('teach')
    await page.locator('#suggestions [role=option]').first().waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('#suggestions').isVisible(), false)
    await context.close()
  })

  for (const javaScriptEnabled of [true, false])
    test(`a filter chosen ${javaScriptEnabled ? 'with' : 'without'} scripts leaves the reader where they were, and the count changes`, async () => {
      const { page, context } = await visit({ javaScriptEnabled })
      await open(page, '/search?q=teacher')
      const before = await page.locator('[role=status]').textContent()
      const filter = page.locator('#f-kind a').nth(1)
      const name = await filter.locator('span').first().textContent()
      await filter.focus()
      await page.keyboard.press('Enter')
      await page.waitForURL(/kind=/)
      await page.locator('.chips').waitFor()
      assert.notEqual(await page.locator('[role=status]').textContent(), before)
      assert.equal(await page.locator('#f-kind a[aria-current] span').first().textContent(), name)
      if (javaScriptEnabled) {
        await page.waitForFunction(() => document.activeElement?.getAttribute('aria-current') === 'true')
        await page.goBack()
        await page.waitForFunction((was) => document.querySelector('[role=status]')?.textContent === was, before)
      } else assert.match(page.url(), /#f-kind$/)
      await context.close()
    })

  test('a researcher narrows findings to the strongest, sees the effects drawn, and takes the citation', async () => {
    const { page, context } = await visit()
    await open(page, '/search?kind=study&evidence=E5')
    await page.locator('.card a').first().click()
    assert.ok((await page.locator('.chart svg circle').count()) > 0)
    assert.equal(await page.locator('.chart svg circle').count(), await page.locator('.chart li').count())
    const [download] = await Promise.all([
      page.waitForEvent('download').catch(() => undefined),
      page
        .locator('a[href$=".ris"]')
        .click()
        .catch(() => {}),
    ])
    const address = await page
      .locator('a[href$=".ris"]')
      .getAttribute('href')
      .catch(() => undefined)
    assert.ok(download ?? address)
    await context.close()
  })

  test('on paper, the record stays and the furniture goes', async () => {
    const { page, context } = await visit()
    await open(page, paths.solution!)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('.ways').isVisible(), false)
    assert.equal(await page.locator('h1').isVisible(), true)
    await page.emulateMedia({ media: 'screen', forcedColors: 'active', reducedMotion: 'reduce' })
    assert.equal(await page.locator('h1').isVisible(), true)
    await context.close()
  })

  test('a second start opens the same records', async () => {
    await node.stop()
    node = await startNode(dataDir)
    assert.doesNotMatch(node.said(), /Loading records/)
    const { search } = (await (await fetch(`${node.address}/ready`)).json()) as Ready
    assert.ok(search.records > 30_000)
  })
})
