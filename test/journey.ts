/// <reference lib="dom" />
/** A node of one's own and people in real browsers, for journeys from the first page to the last. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openApp } from '#app'
import { openBrowser, operatorLink, startNode } from './browser.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const noNetwork = () => Promise.reject(new Error('tests have no network'))
const password = 'seven quiet radios'

export type Journey = Awaited<ReturnType<typeof beginJourney>>

type Way = readonly [language: 'en' | 'ar', hasScripts: boolean]

/**
 * The ways to walk: in two scripts of the world, with scripts of ours and without. Two cover each of the four, and take half the
 * time; ALL_WAYS=1 walks all.
 */
export const ways: readonly Way[] = process.env.ALL_WAYS
  ? [
      ['en', true],
      ['en', false],
      ['ar', true],
      ['ar', false],
    ]
  : [
      ['en', true],
      ['ar', false],
    ]
export const wayName = (language: string, hasScripts: boolean) =>
  `${language}, ${hasScripts ? 'with' : 'without'} scripts`

export const emailOf = (name: string, language: string, hasScripts: boolean) =>
  `${name.toLowerCase()}.${language}${hasScripts ? '' : '.plain'}@example.org`

/** What axe finds and whether anything runs out of the page; only where scripts run. */
export async function look(page: Page): Promise<void> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run: (...given: unknown[]) => Promise<{ violations: { id: string }[] }> } }
    ).axe.run(document, { resultTypes: ['violations'] })
    return [
      ...violations.map(({ id }) => id),
      ...(document.documentElement.scrollWidth > innerWidth + 1 ? ['too wide'] : []),
    ]
  })
  assert.deepEqual(found, [], page.url())
}

export async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

/** An empty node, and its operator, who followed the link of the first start. */
export async function beginJourney() {
  const dataDir = mkdtempSync(join(tmpdir(), 'qingdao-journey-'))
  const [node, browser] = await Promise.all([startNode(dataDir, ['--no-seed']), openBrowser()])
  const at = (language: string, path: string) => `${node.address}/${language}${path}`

  async function visitor(language: string, hasScripts: boolean): Promise<Page> {
    const context = await browser.newContext({
      javaScriptEnabled: hasScripts,
      viewport: { width: 360, height: 740 },
      locale: language,
    })
    // Longer than a busy machine ever takes: a wait that never ends should say what it waited for, and no more.
    context.setDefaultTimeout(120_000)
    return context.newPage()
  }
  async function setPassword(page: Page): Promise<void> {
    await page.fill('[name=password]', password)
    await press(page, 'main form.form button')
  }
  async function letterTo(email: string): Promise<string> {
    const outbox = join(dataDir, 'outbox')
    for (;;) {
      // An e-mail that is still being written has a name that begins with a dot.
      const letters = existsSync(outbox) ? readdirSync(outbox).filter((name) => /^\d+\.eml$/.test(name)) : []
      const text = letters.map((name) => readFileSync(join(outbox, name), 'utf8'))
      const found = text.findLast((one) => one.includes(email) && one.includes('/account/link/'))
      if (found) return /http:\/\/[^\s]+\/account\/link\/[\w-]+/.exec(found)![0]
      await wait(100)
    }
  }

  const operator = await visitor('en', true)
  await operator.goto(await operatorLink(node))
  await operator.fill('[name=name]', 'Fatou')
  await operator.fill('[name=email]', 'fatou@example.org')
  await setPassword(operator)

  /** Signs up by the letter, in a browser of their own. `see` looks at each page on the way. */
  async function person(
    name: string,
    language: string,
    hasScripts: boolean,
    see: (page: Page) => Promise<void> = () => Promise.resolve(),
  ): Promise<Page> {
    const page = await visitor(language, hasScripts)
    const email = emailOf(name, language, hasScripts)
    await page.goto(at(language, '/sign-up'))
    await see(page)
    await page.fill('[name=name]', name)
    await page.fill('[name=email]', email)
    await press(page, 'main form.form button')
    await page.goto(await letterTo(email))
    await see(page)
    await setPassword(page)
    assert.match(page.url(), new RegExp(`/${language}/account$`))
    await see(page)
    return page
  }

  /** The operator gives somebody roles, and a focal point a country. */
  async function giveRoles(email: string, roles: readonly string[], country?: string): Promise<void> {
    await operator.goto(at('en', `/people?q=${encodeURIComponent(email)}`))
    await press(operator, 'main table a >> nth=0')
    for (const role of roles) await operator.check(`input[name=roles][value=${role}]`)
    if (country) await operator.selectOption('[name=country]', country)
    await operator.fill('[name=managePassword]', password)
    await press(operator, 'main .narrow form button')
  }

  /** Somebody else at the same node, in a process of their own, as an import is. */
  async function share(kind: string, bodies: readonly object[]): Promise<string[]> {
    const environment = { now: () => new Date(), random: (size: number) => randomBytes(size), fetch: noNetwork }
    const app = await openApp({ dataDir, databaseAddress: join(dataDir, 'qingdao.sqlite'), environment })
    const ids: string[] = []
    for (const body of bodies) {
      const actor = { kind: 'person' as const, id: 'curator', roles: ['curator'] }
      const { id } = (await app.perform(app.operation(`${kind}.share`)!, actor, body)) as { id: string }
      ids.push(id)
    }
    await app.close()
    return ids
  }

  return {
    share,
    dataDir,
    node,
    browser,
    operator,
    at,
    visitor,
    person,
    letterTo,
    giveRoles,
    /** As if the day to look at every record again had passed so long ago. */
    letDaysPass: (days: number) => {
      const database = new DatabaseSync(join(dataDir, 'qingdao.sqlite'))
      const day = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
      database.exec('pragma busy_timeout = 10000')
      database.prepare('update care set "lookAgainOn" = ?').run(day)
      database.close()
    },
    end: async () => {
      await browser.close()
      await node.stop()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
