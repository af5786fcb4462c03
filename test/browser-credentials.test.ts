/**
 * A school issues an achievement from a table with two bad rows; a learner gets it by a link; another process verifies the
 * file without a network; the school revokes it, and whoever verifies it sees that.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { freshFolder } from './temporary.ts'
import { noChromium } from './browser.ts'
import { beginJourney, emailOf, look, press, wayName, ways, type Journey } from './journey.ts'

const main = resolve(import.meta.dirname, '../src/main.ts')
const password = 'seven quiet radios'
const names = { en: ['Name', 'Email address', 'Date achieved'], ar: ['الاسم', 'البريد الإلكتروني', 'تاريخ الإنجاز'] }

/** Where the link of a learner’s email leads. */
async function claimLinkTo({ dataDir }: Journey, email: string): Promise<string> {
  for (;;) {
    const outbox = join(dataDir, 'outbox')
    const letters = existsSync(outbox) ? readdirSync(outbox).filter((name) => /^\d+\.eml$/.test(name)) : []
    const found = letters.map((name) => readFileSync(join(outbox, name), 'utf8')).find((one) => one.includes(email))
    if (found) return /http:\/\/\S+\/claim\/[\w-]{43}/.exec(found)![0]
    await wait(50)
  }
}

test('achievements in a browser', { skip: noChromium, timeout: 300_000 }, async (journeys) => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())
  for (const [language, hasScripts] of ways)
    await journeys.test(wayName(language, hasScripts), async () => {
      const { at, operator, node } = journey
      const see = (page: Parameters<typeof look>[0]) => (hasScripts ? look(page) : Promise.resolve())
      const [school] = await journey.share('organisations', [
        { title: { en: `Open School ${language}` }, originalLanguage: 'en' },
      ])
      const [pathway] = await journey.share('pathways', [
        {
          title: { en: 'Becoming a radio teacher', ar: 'كيف تصبح معلمًا عبر الإذاعة' },
          originalLanguage: 'en',
          steps: [{ title: { en: 'Voice', ar: 'الصوت' } }, { title: { en: 'Script', ar: 'النص' } }],
        },
      ])
      const [achievement] = await journey.share('achievements', [
        {
          title: { en: 'Teaching by radio', ar: 'التدريس عبر الإذاعة' },
          originalLanguage: 'en',
          criteria: { en: 'Ten lessons', ar: 'عشرة دروس' },
          issuers: [school],
          closes: [pathway],
          validMonths: 24,
        },
      ])
      const issuer = await journey.person('Issuer', language, hasScripts)
      await operator.goto(at('en', `/organisations/${school}/issuing`))
      await press(operator, 'main form button')
      await operator.fill('[name=email]', emailOf('Issuer', language, hasScripts))
      await operator.fill('[name=issuerPassword]', password)
      await press(operator, `form[action$="/members"] button`)
      await look(operator)

      await issuer.goto(at(language, `/records/${achievement}`))
      await press(issuer, `a[href$="/achievements/${achievement}/issue"]`)
      await see(issuer)
      const learner = `learner.${language}@example.org`
      const day = new Date().toISOString().slice(0, 10)
      const rows = [names[language], ['Amal', learner, day], ['Bo', 'no address', day], ['Chi', '', 'one day']]
      const table = rows.map((cells) => cells.join(',')).join('\n')
      await issuer.setInputFiles('[name=file]', { name: 'class.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
      await press(issuer, 'main form button')
      assert.equal(await issuer.locator('section[aria-labelledby=row-errors] li').count(), 2)
      await see(issuer)
      await press(issuer, 'form[action$="/start"] button')
      while ((await issuer.locator('form[action$="/revoke"]').count()) === 0) await issuer.reload()
      await see(issuer)

      const holder = await journey.visitor(language, hasScripts)
      await holder.goto(await claimLinkTo(journey, learner))
      await see(holder)
      const fetched = await holder.request.get(`${holder.url()}/credential.json`)
      const file = join(freshFolder(), 'credential.json')
      writeFileSync(file, await fetched.body())
      const page = holder.url()
      await holder.goto(`${page}/print`)
      assert.equal(await holder.locator('svg.code-picture').count(), 1)
      await see(holder)
      await holder.goto(page)
      await press(holder, 'form[action$="/wallet"] button')
      assert.match((await holder.getAttribute('a.button', 'href')) ?? '', /^openid-credential-offer:/)
      assert.equal(await holder.locator('svg.code-picture').count(), 1)
      await see(holder)

      const verified = spawnSync(process.execPath, [main, 'verify', file], {
        encoding: 'utf8',
        env: { ...process.env, LANG: 'en' },
      })
      const said = verified.stdout
      assert.match(said, new RegExp(`Open School ${language}`))
      for (const check of ['Format', 'Meaning of the terms', 'Signature', 'Dates', 'Completeness'])
        assert.match(said, new RegExp(`✓ ${check}:`), said)
      // Its keys and lists are at the node, which nobody asks offline: told, and not taken for passed.
      for (const check of ['Identity of the issuer', 'Withdrawn or suspended'])
        assert.match(said, new RegExp(`\\? ${check}:`), said)
      assert.ok(!said.includes('✗'), said)

      const verify = async () => {
        await holder.goto(`${node.address}/en/verify`)
        await holder.setInputFiles('[name=file]', file)
        await press(holder, 'main form button')
        return (await holder.textContent('main')) ?? ''
      }
      assert.match(await verify(), /No check failed/)
      await issuer.fill('[name=reason]', 'The wrong class')
      await press(issuer, 'form[action$="/revoke"] button')
      await see(issuer)
      assert.match(await verify(), /The issuer has withdrawn it/)

      // Another learner completes the pathway, asks for the credential, and the issuer confirms it.
      await issuer.goto(at(language, `/records/${achievement}`))
      await press(issuer, `a[href$="/achievements/${achievement}/completion"]`)
      await issuer.check('[name=basis][value=confirmed]')
      await see(issuer)
      await press(issuer, 'main form button')
      const taking = await journey.person('Taking', language, hasScripts)
      await taking.goto(at(language, `/records/${pathway}`))
      await see(taking)
      await press(taking, `a[href$="/records/${pathway}/completion"]`)
      for (const box of await taking.locator('[name=steps]').all()) await box.check()
      await press(taking, 'form[action$="/completion"] button')
      await taking.fill('[name=note]', 'Student 7')
      await see(taking)
      await press(taking, 'form[action$="/claim"] button')
      await see(taking)
      await issuer.goto(at(language, '/credentials'))
      await press(issuer, 'a[href$="/credentials/completions"]')
      await see(issuer)
      await press(issuer, 'form[action$="/confirm"] button')
      await taking.reload()
      await see(taking)
      await press(taking, 'main a[href*="/claim/"]')
      const completed = await (await taking.request.get(`${taking.url()}/credential.json`)).json()
      assert.match(JSON.stringify(completed.evidence), new RegExp(`Open School ${language}`))
    })

  await journeys.test('every page of credentials and recognition, on the narrowest phone', async () => {
    const { at, operator, node } = journey
    await operator.setViewportSize({ width: 320, height: 640 })
    const [agency, other] = await journey.share('organisations', [
      { title: { en: 'Quality agency', ar: 'هيئة الجودة' }, originalLanguage: 'en', types: ['quality-agency'] },
      { title: { en: 'Another school' }, originalLanguage: 'en' },
    ])
    const [achievement] = await journey.share('achievements', [
      {
        title: { en: 'First aid', ar: 'الإسعافات الأولية' },
        originalLanguage: 'en',
        eqfLevel: 3,
        criteria: { en: 'A day' },
      },
    ])
    const [decision] = await journey.share('quality-decisions', [
      {
        title: { en: 'Accredited', ar: 'معتمدة' },
        originalLanguage: 'en',
        decidesOn: [other],
        qualityScope: 'institution',
        agencies: [agency],
        qualityResult: 'met',
        decidedOn: '2026-01-01',
        validUntil: '2999-12-31',
      },
    ])
    await operator.goto(at('en', '/credentials'))
    await look(operator)
    await operator.fill('form:has([name=criteria]) [name=name]', 'Radio')
    await operator.fill('[name=criteria]', 'Ten lessons')
    await operator.fill('textarea[name=description]', 'Teaches by radio')
    await operator.check('[name=format][value=json]')
    const [download] = await Promise.all([
      operator.waitForEvent('download'),
      operator.click('form:has([name=criteria]) button'),
    ])
    const badge = join(freshFolder(), 'badge.json')
    await download.saveAs(badge)
    await operator.reload()
    const status = (await operator.getAttribute('main tbody a', 'href'))!
    const verified = async (language: string, file: string) => {
      await operator.goto(at(language, '/verify'))
      await operator.setInputFiles('[name=file]', file)
      await press(operator, 'main form.form button')
      await look(operator)
      return (await operator.textContent('main')) ?? ''
    }
    assert.match(await verified('en', badge), /No check failed/)
    const elsewhere = join(freshFolder(), 'elsewhere.json')
    // Its list is at an address that does not answer.
    writeFileSync(
      elsewhere,
      readFileSync(badge, 'utf8').replaceAll(`${node.address}/status/`, 'http://127.0.0.1:9/status/'),
    )
    for (const language of ['en', 'ar']) await verified(language, elsewhere)
    await operator.goto(node.address + status)
    await look(operator)
    await operator.fill('[name=reason]', 'By mistake')
    await press(operator, 'main form.form button')
    await look(operator)
    assert.match(
      await verified('en', badge),
      /Do not rely on this credential.+Withdrawn or suspended: The issuer has withdrawn it/s,
    )
    await verified('ar', badge)
    for (const language of ['en', 'ar']) {
      await operator.goto(at(language, '/verify'))
      await press(operator, 'main button.quiet')
      await look(operator)
      const pages = [
        '/credentials',
        '/account',
        `/records/${achievement}`,
        `/records/${achievement}/endorse`,
        `/achievements/${achievement}/issue`,
        `/records/${decision}`,
        `/records/${agency}`,
        `/records/${other}`,
        '/recognition',
        '/recognition/where',
        '/recognition/where?held=online-course&country=FR',
        '/recognition/trust-lists',
        '/search?kind=achievement',
        '/search?kind=quality-decision',
        '/demonstrations',
      ]
      for (const path of pages) {
        const answer = await operator.goto(at(language, path))
        assert.equal(answer?.status(), 200, path)
        await look(operator)
      }
    }
  })
})
