/** The description of the API, judged by the checkers that many integrators use. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core'
import { oas } from '@stoplight/spectral-rulesets'
import { operations } from '#app'
import { openApi } from '#kernel/reference/openapi.ts'

const told = openApi(operations, { title: 'Qingdao', version: '1', server: 'https://qingdao.org' })

test('each operation names the answers that can come when the node is busy, away or full, and problems all their members', () => {
  const { paths, components } = told as unknown as {
    paths: Record<string, Record<string, { responses?: object }>>
    components: { schemas: { Problem: { properties: object } } }
  }
  const statusesOf = (path: string, method: string) => Object.keys(paths[path]![method]!.responses!)
  const writing = statusesOf('/api/drafts', 'post')
  for (const status of ['429', '503', '507']) assert.ok(writing.includes(status), status)
  const reading = statusesOf('/api/search', 'get')
  assert.ok(reading.includes('503') && !reading.includes('507'))
  assert.ok('misfits' in components.schemas.Problem.properties)
})

test('Redocly finds no error in the description of the API', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const faultsOf = async (value: object) =>
    (await lintFromString({ source: JSON.stringify(value), config }))
      .filter(({ severity }) => severity === 'error')
      .map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`)
  assert.deepEqual(await faultsOf(told), [])
  assert.notDeepEqual(await faultsOf({ ...told, components: {} }), [], 'a fault would be found')
})

test('Spectral finds no error in it either', async () => {
  const checker = new spectral.Spectral()
  checker.setRuleset({ extends: [[oas as RulesetDefinition, 'recommended']] })
  const faultsOf = async (value: object) =>
    (await checker.run(JSON.stringify(value)))
      .filter(({ severity }) => severity === 0)
      .map(({ code, message, path }) => `${code}: ${message} at ${path.join('.')}`)
  assert.deepEqual(await faultsOf(told), [])
  assert.notDeepEqual(await faultsOf({ ...told, components: {} }), [], 'a fault would be found')
})
