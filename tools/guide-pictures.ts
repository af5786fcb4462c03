/**
 * Makes the pictures of pages of contributors and reviewers in docs/images: `node tools/guide-pictures.ts`.
 * People of a new node do what leads to each page. Needs Chromium.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { give, submitted } from '../test/acting.ts'
import { testApp } from '../test/app.ts'
import { openBrowser } from '../test/browser.ts'
import { person, type Person } from '../test/people.ts'
import { practice } from '../test/practice.ts'

const folder = new URL('../docs/images/', import.meta.url)
const address = 'http://localhost:9102'
const wide = { width: 1280, height: 900 }
const quality = 56

const radio = {
  ...practice,
  title: { en: 'Radio lessons for herders' },
  summary: { en: 'Children of herding families learn by radio, three lessons a week; a teacher visits each month.' },
  problem: { en: 'Schools are two days away, and families move with their animals.' },
  description: {
    en: 'We broadcast twenty lessons a term, in the evening. A teacher who visits each month brings printed sheets.',
  },
}

type Shown = { who: Person; path: string }

async function take(browser: Browser, { who, path }: Shown): Promise<Buffer> {
  const context = await browser.newContext({ viewport: wide, colorScheme: 'light' })
  await context.addCookies([{ name: 'session', value: who.cookie('session')!, url: address }])
  const page = await context.newPage()
  await page.goto(address + path)
  const session = await context.newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality })
  await context.close()
  return Buffer.from(data, 'base64')
}

async function makeAll(): Promise<void> {
  const app = await testApp({ address })
  const rubric = readFileSync(
    new URL('../src/features/editorial/rubrics/practice-rubric.json', import.meta.url),
    'utf8',
  )
  await app.as('curator')('rubrics.share', JSON.parse(rubric) as object)
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const amina = await person(app, 'Amina')
  const omar = await person(app, 'Omar', { roles: ['reviewer'] })
  const begun = await app.app.perform(
    app.app.operation('drafts.begin')!,
    { kind: 'person', id: amina.id, roles: ['contributor'] },
    { kind: 'practice', language: 'en', values: radio },
  )
  const draft = `/drafts/${(begun as { id: string }).id}`
  const waiting = await submitted(app, amina, { values: { ...radio, title: { en: 'Radio lessons for fishers' } } })
  await give(app, chen, waiting, omar)
  const pictures: Record<string, Shown> = {
    'contributing-story': { who: amina, path: `/en${draft}/edit/story` },
    'contributing-check': { who: amina, path: `/en${draft}/check` },
    'reviewing-queue': { who: chen, path: '/en/queue' },
    'reviewing-review': { who: omar, path: `/en/drafts/${waiting}/review` },
  }
  const browser = await openBrowser()
  try {
    for (const [name, shown] of Object.entries(pictures))
      writeFileSync(new URL(`${name}.webp`, folder), await take(browser, shown))
  } finally {
    await browser.close()
  }
}

await makeAll()
