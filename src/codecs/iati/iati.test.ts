import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { writeElement } from '../xml/element.ts'
import { readXml } from '../xml/read-xml.ts'
import { activityElement, readActivity, type Activity } from './activity.ts'
import { brokenRules, worst } from './rules.ts'
import { faultsOfEach, lineOf, schemaFaults } from './schema.ts'
import { holds, nodeOf, nodesAt } from './xpath.ts'

const today = '2026-01-02'
const parsed = (xml: string) => readXml(xml)
const broken = (xml: string) => brokenRules(parsed(xml), { today }).map(({ rule, severity }) => `${rule} ${severity}`)

const whole = `<iati-activity xml:lang="en" default-currency="USD"><iati-identifier>XM-DAC-41304-1</iati-identifier>
<reporting-org ref="XM-DAC-41304" type="40"><narrative>UNESCO</narrative></reporting-org>
<title><narrative>Radios</narrative></title><description type="1"><narrative>For schools</narrative></description>
<participating-org role="4" ref="KE-NCB-1"/><activity-status code="2"/><activity-date type="2" iso-date="2024-01-01"/>
<recipient-country code="KE"/><sector vocabulary="1" code="11220"/></iati-activity>`

test('an activity that is whole breaks no rule of the published rule set and is valid by the published schema', async () => {
  assert.deepEqual(broken(whole), [])
  assert.deepEqual(await faultsOfEach('iati-activities', {}, [lineOf(parsed(whole))]), [[]])
})

test('each kind of rule finds what it is for', () => {
  const with_ = (from: string | RegExp, to: string) => broken(whole.replace(from, to))
  assert.deepEqual(with_(/<activity-date[^>]*>/, ''), ['6.11.1 error'])
  assert.deepEqual(with_('>XM-DAC-41304-1<', '>XM-DAC-41304<'), ['1.1.3 error', '1.1.21 warning'])
  assert.deepEqual(with_('ref="XM-DAC-41304"', 'ref="ZZ-NONE-1"'), ['1.1.21 warning', '1.14.8 warning'])
  assert.deepEqual(with_('>XM-DAC-41304-1<', '>XM-DAC-41304-1 <'), ['1.3.1 warning'])
  assert.deepEqual(with_('xml:lang="en"', ''), ['4.1.1 error'])
  assert.deepEqual(with_('<recipient-country code="KE"/>', ''), ['3.7.1 error'])
  assert.deepEqual(with_('code="KE"', 'code="KE" percentage="40"'), ['3.1.4 error'])
  assert.deepEqual(
    with_(
      '<recipient-country code="KE"/>',
      '<recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="30"/>',
    ),
    ['3.1.2 error'],
  )
  assert.deepEqual(with_('code="KE"', 'code="KE" percentage="140"'), ['12.1.1 error', '3.1.4 error'])
  assert.deepEqual(with_('iso-date="2024-01-01"', 'iso-date="2027-01-01"'), ['11.1.4 error'])
  const budget =
    '<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2024-01-01"/><value value-date="2020-01-01">1</value></budget>'
  assert.deepEqual(with_('</iati-activity>', `${budget}</iati-activity>`), ['7.5.3 error'])
  assert.deepEqual(with_(' default-currency="USD"', '').length, 0, 'no money needs no currency')
  assert.deepEqual(
    broken(whole.replace(' default-currency="USD"', '').replace('</iati-activity>', `${budget}</iati-activity>`)),
    ['7.8.1 error', '7.5.3 error'],
  )
  const loop =
    '<sector vocabulary="98" code="a"><narrative>x</narrative></sector><sector vocabulary="98" code="b"><narrative>x</narrative></sector>'
  assert.deepEqual(with_('</iati-activity>', `${loop}</iati-activity>`), ['2.1.1 error'])
  assert.equal(worst([{ severity: 'warning' }, { severity: 'error' }]), 'error')
  assert.equal(worst([]), 'success')
})

test('XPath is that of version 1.0: what is no number is unequal to each, and a value cannot become an expression', () => {
  const node = nodeOf(parsed(`<a><b c="98"/><b c="A1"/><b c="'] | //*"/><d>x<e>y</e></d></a>`))
  assert.equal(nodesAt('b[@c=98 or @c=99]', node).length, 1)
  assert.equal(holds('count(b) = 3 and not(f)', node), true)
  assert.equal(holds('b/@c != 98', node), true)
  assert.equal(nodesAt("b[@c = '$1']", node, "'] | //*").length, 1)
  assert.deepEqual(
    nodesAt('d | //e | d/text()', node).map(({ value }) => value),
    ['xy', 'y', 'x'],
  )
  assert.deepEqual(
    nodesAt('b[2]/@c', node).map(({ value }) => value),
    ['A1'],
  )
  assert.equal(nodesAt('d/e/../../b', node).length, 3)
  assert.throws(() => nodesAt('b[', node))
})

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((one) => one.trim())
  // oxlint-disable-next-line no-control-regex -- what XML cannot hold
  .filter((one) => one !== '' && !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(one))
const narrative = fc.dictionary(fc.constantFrom('en', 'fr', 'ar'), text, { minKeys: 1 })
const code = fc.constantFrom('11220', '2', 'A1')
const party = fc.record(
  { ref: fc.constantFrom('XM-DAC-41304', 'GB-CHC-1'), type: fc.constantFrom('10', '40'), name: narrative },
  { requiredKeys: [] },
)
const value = {
  value: fc.integer().map(String),
  currency: fc.constantFrom('USD', 'KES'),
  valueDate: fc.constant('2024-01-01'),
}
const optional = <Shape extends Record<string, fc.Arbitrary<unknown>>>(shape: Shape, requiredKeys: string[]) =>
  fc.record(shape, { requiredKeys })
const activities = optional(
  {
    identifier: fc.constantFrom('XM-DAC-41304-1', 'GB-CHC-1-x'),
    language: fc.constantFrom('en', 'fr'),
    reporting: party,
    title: narrative,
    description: narrative,
    participating: fc.array(
      optional({ ref: fc.constant('US-EIN-1'), name: narrative, role: fc.constantFrom('1', '4') }, ['role']),
      { maxLength: 3 },
    ),
    status: fc.constantFrom('1', '2'),
    dates: fc.array(fc.record({ type: fc.constantFrom('1', '2'), date: fc.constant('2024-05-06') }), { maxLength: 2 }),
    countries: fc.array(optional({ code: fc.constant('KE'), percentage: fc.constant('50') }, ['code']), {
      maxLength: 2,
    }),
    regions: fc.array(
      optional({ code: fc.constant('298'), vocabulary: fc.constantFrom('1', '2'), percentage: fc.constant('5') }, [
        'code',
        'vocabulary',
      ]),
      { maxLength: 2 },
    ),
    sectors: fc.array(
      optional({ code, vocabulary: fc.constantFrom('1', '99'), percentage: fc.constant('10'), name: narrative }, [
        'code',
        'vocabulary',
      ]),
      { maxLength: 2 },
    ),
    policyMarkers: fc.array(
      optional({ code, vocabulary: fc.constant('1'), significance: fc.constant('2') }, ['code', 'vocabulary']),
      { maxLength: 2 },
    ),
    budgets: fc.array(
      optional({ ...value, type: code, status: code, from: fc.constant('2024-01-01'), to: fc.constant('2024-12-31') }, [
        'value',
        'currency',
        'valueDate',
        'from',
        'to',
      ]),
      { maxLength: 2 },
    ),
    transactions: fc.array(
      optional(
        {
          ...value,
          type: code,
          date: fc.constant('2024-02-03'),
          provider: party,
          receiver: party,
          description: narrative,
          country: fc.constant('KE'),
          sector: fc.constant('11220'),
        },
        ['value', 'currency', 'valueDate'],
      ),
      { maxLength: 3 },
    ),
    documents: fc.array(
      optional({ url: fc.webUrl(), format: fc.constant('text/html'), title: narrative, category: fc.constant('A01') }, [
        'url',
        'title',
      ]),
      { maxLength: 2 },
    ),
    conditions: fc.array(optional({ type: fc.constant('1'), text: narrative }, ['text']), { maxLength: 2 }),
  },
  [
    'identifier',
    'reporting',
    'title',
    'participating',
    'dates',
    'countries',
    'regions',
    'sectors',
    'policyMarkers',
    'budgets',
    'transactions',
    'documents',
    'conditions',
  ],
)

test('what is written of an activity is read as the same', () => {
  fc.assert(
    fc.property(activities, (given) => {
      const again = readActivity(parsed(writeElement(activityElement(given as Activity))))
      assert.deepEqual(again, JSON.parse(JSON.stringify(given)))
    }),
  )
})

test('an element is one line, whatever stands in it, so that the schema names the activity by its line', async () => {
  const wrong = parsed(whole.replace('<activity-status code="2"/>', '').replace('Radios', 'Ra\ndi\ros &amp; &lt;'))
  assert.doesNotMatch(writeElement(wrong), /\n|\r/)
  const [fine, faults] = await faultsOfEach('iati-activities', {}, [parsed(whole), wrong].map(lineOf))
  assert.deepEqual(fine, [])
  assert.match(faults!.join(), /activity-status|activity-date/)
  assert.match(
    (await schemaFaults('iati-activities', '<iati-activities version="2.03"/>'))[0]!.message,
    /Missing child/,
  )
})

test('the files of the standard are those that were published', () => {
  const rules = JSON.parse(readFileSync(new URL('standard/ruleset.json', import.meta.url), 'utf8'))
  assert.equal(Object.keys(rules).length, 25)
})
