import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { mustEnd } from '../../../test/ends.ts'
import { authorsOf, readReference } from './read-reference.ts'

const names = (head: string) => authorsOf(head).map(({ name, given }) => (given ? `${name}, ${given}` : name))

test('an article has its authors, journal, volume, issue and pages', () => {
  assert.deepEqual(
    readReference(
      'Vadasy, P. F., Jenkins, J. R., & Pool, K. (2000). Effects of tutoring. Journal of Learning Disabilities, 33(6), 579-590. doi: 10.2307/1511219.',
    ),
    {
      authors: [
        { name: 'Vadasy', given: 'P. F.' },
        { name: 'Jenkins', given: 'J. R.' },
        { name: 'Pool', given: 'K.' },
      ],
      year: 2000,
      title: 'Effects of tutoring',
      doi: '10.2307/1511219',
      type: 'article',
      container: 'Journal of Learning Disabilities',
      volume: '33',
      issue: '6',
      pages: '579–590',
    },
  )
})

test('names are read as people write them: particles, two family names, suffixes, initials without stops, “et al.”', () => {
  assert.deepEqual(names('de Melo, G., & Van Loan, C. '), ['de Melo, G.', 'Van Loan, C.'])
  assert.deepEqual(names('De La Paz, S., & Huang, C.-W. '), ['De La Paz, S.', 'Huang, C.-W.'])
  assert.deepEqual(names('Lorch, Jr., R. F., Eddy, L.D., & Eadeh, HM. '), [
    'Lorch, R. F., Jr',
    'Eddy, L.D.',
    'Eadeh, HM.',
  ])
  assert.deepEqual(names('Garet, M. S., Jones, W., ... Sztenjnberg, L. '), [
    'Garet, M. S.',
    'Jones, W.',
    'Sztenjnberg, L.',
  ])
  assert.deepEqual(names('Tate, T, Collins, P, et al. '), ['Tate, T', 'Collins, P'])
})

test('an organisation is one name and never a person', () => {
  for (const organisation of [
    'Scientific Learning Corporation',
    'Bill & Melinda Gates Foundation',
    'Cognitive Concepts, Inc.',
  ])
    assert.deepEqual(authorsOf(`${organisation}${organisation.endsWith('.') ? '' : '.'} `), [{ name: organisation }])
})

test('who is not told is nobody', () => {
  assert.deepEqual(authorsOf('N/A. '), [])
  assert.deepEqual(authorsOf('Benefits of plasma television. Chapter in a handbook. Springer '), [])
})

test('reports, theses, chapters and papers are told apart, with who published them or in what they stand', () => {
  const of = (rest: string) => {
    const { type, container, publisher, pages } = readReference(`Otieno, A. (2003). A study of radio. ${rest}`)!
    return [type, container ?? publisher, pages].filter(Boolean)
  }
  assert.deepEqual(of('Washington, DC: Policy Studies Associates.'), ['report', 'Policy Studies Associates'])
  assert.deepEqual(of('Oakland, CA: Author. Retrieved from http://www.example.com'), ['report'])
  assert.deepEqual(
    of('(Doctoral dissertation, University of Nebraska–Lincoln, 2003). Dissertation Abstracts, 64(05A), 85–1599.'),
    ['thesis', 'University of Nebraska–Lincoln'],
  )
  assert.deepEqual(of('In S. Senk & D. Thompson (Eds.), Standards in school (pp. 311–343). Hillsdale, NJ: Erlbaum.'), [
    'chapter',
    'Standards in school',
    '311–343',
  ])
  assert.deepEqual(of('Paper presented at the annual meeting of teachers, Nairobi.'), [
    'conference-paper',
    'annual meeting of teachers, Nairobi',
  ])
  assert.deepEqual(of('NBER Working Paper 21229.'), ['report', 'NBER Working Paper 21229'])
})

test('a title keeps its numbers and questions, and loses the number of its report', () => {
  const titleOf = (rest: string) => readReference(`Otieno, A. (2016). ${rest}`)!.title
  assert.equal(titleOf('Validation study: Cohort 1. Washington, DC: Institutes.'), 'Validation study: Cohort 1')
  assert.equal(
    titleOf('Better schools, less crime? The Quarterly Journal, 126(4), 1–2.'),
    'Better schools, less crime?',
  )
  assert.equal(
    titleOf('Reading in U. S. schools (NCEE 2009-4050). Washington, DC: Center.'),
    'Reading in U. S. schools',
  )
})

test('what is no reference, or longer than any, reads as nothing', () => {
  assert.equal(readReference('A plain sentence.'), undefined)
  const longest = `Otieno, A. (2016). ${'Radio '.repeat(1_000)}`.slice(0, 4_000)
  assert.equal(readReference(longest)?.year, 2016)
  assert.equal(readReference(`${longest}s`), undefined)
})

test('no text makes reading endless', () => {
  const parts = [
    'A. ',
    'In ',
    '(Eds.), ',
    '(',
    '(pp. ',
    '(2003). ',
    'University ',
    'Xa, ',
    'X-',
    ', 12',
    ' & ',
    '. ',
    '  ',
  ]
  const read = (text: string) => mustEnd(() => readReference(text.slice(0, 4_000)))
  // Each of these took the fourth power of its length once: 600 letters took six seconds.
  read(`Otieno, A. (2003). Radio at school. ${'In '.repeat(500)}${'(Eds.), '.repeat(150)}${'('.repeat(1_000)}`)
  read(`${'Aa-'.repeat(1_300)} (2003). `)
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { minLength: 300, maxLength: 900 }), (some) => read(some.join(''))),
    { numRuns: 30 },
  )
})
