/** The description of the API, judged by a checker that many integrators use. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { operations } from '#app'
import { openApi } from '#kernel/reference/openapi.ts'

test('Redocly finds no error in the description of the API', async () => {
  const told = openApi(operations, { title: 'Qingdao', version: '1', server: 'https://qingdao.org' })
  const config = await createConfig({ extends: ['recommended'] })
  const faultsOf = async (value: object) =>
    (await lintFromString({ source: JSON.stringify(value), config }))
      .filter(({ severity }) => severity === 'error')
      .map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`)
  assert.deepEqual(await faultsOf(told), [])
  assert.notDeepEqual(await faultsOf({ ...told, components: {} }), [], 'a fault would be found')
})
