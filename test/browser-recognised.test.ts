/**
 * A learner asks where what they learned online is recognised: what is missing is asked for, and the answer names the
 * rule, who decides, on which ground, what is needed, and on which pages it was read. On paper the answer stays.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { noChromium } from './browser.ts'
import { beginJourney, look, press, wayName, ways, type Journey } from './journey.ts'

const file = '../src/areas/recognition/sources/recognition-decisions/recognition-decisions.json'
type Rule = { kind: string; code: string; title: Record<string, string> }
const all = JSON.parse(readFileSync(resolve(import.meta.dirname, file), 'utf8')) as Rule[]
const body = (wanted: string) => {
  const { kind: _kind, code: _code, ...rest } = all.find(({ code }) => code === wanted)!
  return { ...rest, originalLanguage: 'en' }
}
const words = {
  en: {
    unknown: /It depends on where it was awarded/,
    rule: 'India: credit for SWAYAM online courses',
    ground: /Law or regulation/,
    needed: /What you need:[^]*Passing the examination/,
    read: /read on 28 November 2026/,
    none: /does not mean that it is not recognised/,
  },
  ar: {
    unknown: /يتوقف ذلك على/,
    rule: 'الهند',
    ground: /قانون أو لائحة|قانون/,
    needed: /اجتياز/,
    read: /اطُّلع عليها في/,
    none: /لا يعني/,
  },
} as const

test('a learner asks where it is recognised', { skip: noChromium, timeout: 300_000 }, async (journeys) => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
    await journey.share('recognition-decisions', [body('in-swayam-2021'), body('pt-rvcc')])
  })
  after(() => journey?.end())
  for (const [language, hasScripts] of ways)
    await journeys.test(wayName(language, hasScripts), async () => {
      const { at } = journey
      const said = words[language]
      const learner = await journey.visitor(language, hasScripts)
      const see = () => (hasScripts ? look(learner) : Promise.resolve())
      const rule = () => learner.locator('ul.findings > li').filter({ hasText: said.rule })

      await learner.goto(at(language, '/recognition'))
      await press(learner, 'main a[href$="/recognition/where"]')
      await see()
      await learner.selectOption('[name=held]', 'online-course')
      await press(learner, 'form.asking button')
      // What they did not tell is asked for.
      assert.match(await rule().innerText(), said.unknown)
      assert.equal(await learner.locator('[name=held]').inputValue(), 'online-course')
      await see()

      await learner.selectOption('[name=awardedIn]', 'IN')
      await press(learner, 'form.asking button')
      const answer = await rule().innerText()
      for (const one of [said.ground, said.needed, said.read]) assert.match(answer, one)
      assert.doesNotMatch(answer, said.unknown)
      assert.ok((await rule().locator('a[rel=external]').count()) >= 2, 'the law and the pages on which it was read')
      await see()

      await learner.emulateMedia({ media: 'print' })
      assert.equal(await rule().isVisible(), true)
      assert.equal(await learner.locator('.ways').isVisible(), false)
      assert.equal(await learner.locator('a[href*="/share?kind=recognition-decision"]').isVisible(), false)
      await learner.emulateMedia({ media: 'screen' })

      await press(learner, 'ul.findings > li a >> nth=0')
      assert.match(await learner.locator('h1').innerText(), new RegExp(said.rule))
      await see()

      // Where no rule is known, nobody is told that it does not count.
      await learner.goto(at(language, '/recognition/where?held=micro-credential&country=PE'))
      assert.match(await learner.locator('main').innerText(), said.none)
      await see()
      await learner.context().close()
    })
})
