import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '#kernel/problem.ts'
import { readLicenceDeed } from './read-licence.ts'

const deed = `<rdf:RDF xmlns:cc='http://creativecommons.org/ns#' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
  xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcq='http://purl.org/dc/terms/'>
  <cc:License rdf:about="http://creativecommons.org/licenses/by-nc/4.0/">
    <dcq:hasVersion>4.0</dcq:hasVersion><dc:identifier>by-nc</dc:identifier>
    <dc:title xml:lang="en">Attribution-NonCommercial  4.0 International</dc:title>
    <cc:prohibits rdf:resource="http://creativecommons.org/ns#CommercialUse"/>
    <cc:permits rdf:resource="http://creativecommons.org/ns#Reproduction"/>
    <cc:permits rdf:resource="http://creativecommons.org/ns#DerivativeWorks"/>
  </cc:License></rdf:RDF>`

test('a deed says what it permits, requires and prohibits', () => {
  assert.deepEqual(readLicenceDeed(deed), {
    uri: 'http://creativecommons.org/licenses/by-nc/4.0/',
    titles: { en: 'Attribution-NonCommercial 4.0 International' },
    identifier: 'by-nc',
    version: '4.0',
    permits: ['derivative-works', 'reproduction'],
    requires: [],
    prohibits: ['commercial-use'],
  })
})

test('a document without a licence is refused', () => {
  assert.throws(
    () => readLicenceDeed('<rdf:RDF/>'),
    (problem: Problem) => problem.code === 'malformedXml',
  )
})
