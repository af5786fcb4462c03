import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { readSkos } from './read-skos.ts'

const text = `@base <http://example.org/v/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
<> a skos:ConceptScheme ; dct:title "Levels"@en ; dct:license <http://example.org/l> ; skos:hasTopConcept <1> .
<1> a skos:Concept ; skos:prefLabel "One"@en, "Eins"@de ; skos:altLabel "I"@en, "i"@en ; skos:narrower <1.1> ; skos:topConceptOf <> .
<1.1> a skos:Concept ; skos:prefLabel "One one"@en ; skos:notation "1.1" ; skos:exactMatch <http://other.example/1> .
<1.2> a skos:Concept ; skos:prefLabel "One two"@en ; skos:broader <1> .
<g> a skos:Collection ; skos:prefLabel "Group"@en .`

test('schemes and concepts are read, broader in either direction', () => {
  const { schemes, concepts } = readSkos(text, 'http://example.org/')
  const byUri = new Map(concepts.map((concept) => [concept.uri.replace('http://example.org/v/', ''), concept]))

  assert.deepEqual(schemes, [
    { uri: 'http://example.org/v/', title: { en: 'Levels' }, description: {}, licence: 'http://example.org/l' },
  ])
  assert.deepEqual(byUri.get('1')!.prefLabel, { en: 'One', de: 'Eins' })
  assert.deepEqual(byUri.get('1')!.altLabel, { en: ['I', 'i'] })
  assert.deepEqual(byUri.get('1.1')!.inferredBroader, ['http://example.org/v/1'])
  assert.deepEqual(byUri.get('1.2')!.broader, ['http://example.org/v/1'])
  assert.deepEqual(byUri.get('1')!.narrower, ['http://example.org/v/1.1', 'http://example.org/v/1.2'])
  assert.ok(byUri.get('g')!.isCollection && !byUri.get('1')!.isCollection)
})

test('broken, deep and hostile Turtle is refused as a problem', () => {
  const problem = (turtle: string) => {
    try {
      readSkos(turtle, 'http://example.org/')
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
    return undefined
  }
  assert.equal(problem('<a> <b> "c"\n<d> <e> "f" .')!.values['line'], 2)
  assert.equal(problem(`<a> <b> ${'['.repeat(200_000)}`)!.code, 'tooDeep')
  assert.equal(problem(`<a> <b> ${'('.repeat(200_000)}`)!.code, 'tooDeep')
  assert.equal(problem(`<a> <b> "${'['.repeat(1_000)}" .`), undefined)
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '<a>',
          ' ',
          '"',
          "'",
          '.',
          ';',
          ',',
          '[',
          ']',
          '(',
          ')',
          '@en',
          '^^',
          '_:b',
          '@prefix',
          'a:',
          '\\',
          '\n',
          '#',
          '<<',
          '>>',
        ),
      ),
      (parts) => void problem(parts.join('')),
    ),
  )
})
