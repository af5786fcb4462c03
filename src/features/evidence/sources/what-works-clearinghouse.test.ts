import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidence } from '../evidence.ts'
import { intervention } from '../intervention.ts'
import { study } from '../study.ts'
import { idOf } from '#records/identifier.ts'
import { readSource, realData } from '../../../../test/collection.ts'
import { whatWorksClearinghouse } from './what-works-clearinghouse.ts'

const folder = await realData(whatWorksClearinghouse.folder)

test(
  'findings, studies and interventions are linked, their letters and numbers put right',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { records, refused, notes, count, find } = await readSource(
      whatWorksClearinghouse,
      [study, evidence, intervention],
      folder,
    )

    assert.deepEqual([count('evidence'), count('study'), count('intervention'), refused.length], [1_112, 274, 180, 0])
    assert.ok(notes['textMended']! > 400)
    assert.equal(notes['textDamaged'], undefined)
    assert.ok(
      records.every(({ body }) => !/Ã\S|Â[^a-z]|[\u0080-\u009F]/.test(JSON.stringify(body))),
      'no letters decoded wrongly are left',
    )
    const ids = new Set(records.map(({ identifier }) => idOf(identifier)))
    type Finding = {
      study: string
      intervention: string
      effectSize: number
      direction: string
      pValue?: number
      evidenceLevel: string
    }
    const findings = records.filter(({ kind }) => kind === 'evidence').map(({ body }) => body as Finding)
    assert.ok(findings.every((finding) => ids.has(finding.study) && ids.has(finding.intervention)))
    const directions = (direction: string) => findings.filter((finding) => finding.direction === direction).length
    assert.deepEqual([directions('positive'), directions('negative')], [359, 45])
    assert.ok(findings.every(({ effectSize }) => String(effectSize).length <= 12))
    assert.equal(
      find('https://ies.ed.gov/ncee/wwc/Study/131')['url'] as string,
      'https://ies.ed.gov/ncee/wwc/Study/131',
    )
    const studies = records
      .filter(({ kind }) => kind === 'study')
      .map(({ body }) => body as { technologies?: string[]; ratings: object[] })
    assert.ok(studies.filter(({ technologies }) => technologies).length >= 43)
    assert.ok(studies.every(({ ratings }) => ratings.length > 0))
    const withAuthors = records.filter(({ kind, body }) => kind === 'study' && (body as { authors?: object[] }).authors)
    assert.equal(withAuthors.length, 273, 'all but one whose author is “N/A”')
    const articles = records.filter(({ body }) => (body as { publicationType?: string }).publicationType === 'article')
    assert.ok(articles.every(({ body }) => (body as { container?: string }).container))
    assert.ok(articles.length > 100)
  },
)
