import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromTitleCase, withoutMarks } from './mend.ts'
import { spokenName } from '../vocabularies/sources/world-areas.ts'

test('raised and lowered signs become signs of their own, fractions stand in brackets, other marks go', () => {
  for (const [source, shown] of [
    ['HCO<sub>3</sub>– and CO<sub>2</sub>', 'HCO₃– and CO₂'],
    ['10<sup>8</sup> or 10<sup>-20</sup>', '10⁸ or 10⁻²⁰'],
    ['<sup>1/2</sup>/<sub>1/4</sub> miles', '(1/2)/(1/4) miles'],
    ['F<sub>1 on 2</sub>', 'F_1on2'],
    ['Art &amp; <b>Design</b>', 'Art & Design'],
    ['a < b and c > d', 'a < b and c > d'],
  ] as const)
    assert.equal(withoutMarks(source), shown)
})

test('a title with a capital at every word reads as a sentence has it; names and abbreviations are spelled as they are', () => {
  for (const [source, shown] of [
    ['The Support Of The 2Nd Oer World Congress', 'The Support of the 2nd OER World Congress'],
    [
      'Piloting Massive Open Online Courses (Moocs) That Can Be Developed As Oer',
      'Piloting Massive Open Online Courses (MOOCs) that can be Developed as OER',
    ],
    ["The Support Of University Of The People'S Work", 'The Support of University of the People’s Work'],
    ['K-12 Oer  Projects, Among Leading U.S. Institutions', 'K-12 OER Projects, Among Leading U.S. Institutions'],
  ] as const)
    assert.equal(fromTitleCase(source), shown)
})

test('a country is called as people call it, where a list leaves a sign for its name', () => {
  assert.equal(spokenName('هولندا (مملكة _)'), 'مملكة هولندا')
  assert.equal(spokenName('إيران (جمهورية - الإسلامية)'), 'جمهورية إيران الإسلامية')
  assert.equal(spokenName('تيمور - ليشتي'), 'تيمور-ليشتي')
  assert.equal(spokenName('Bolivia (Plurinational State of)'), 'Bolivia (Plurinational State of)')
})
