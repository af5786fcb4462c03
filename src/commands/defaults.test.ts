/** What a node does where its operator said nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings } from '#kernel/config.ts'
import { looksAtLinks } from '#features/link-check/wanted.ts'
import { secondStepOf } from './defaults.ts'

const settings = (env: Record<string, string>) => readSettings(env, {})

test('once letters leave by a server, a second step is asked of people with roles; the operator may say otherwise', () => {
  assert.equal(secondStepOf(settings({})), 'nobody')
  assert.equal(secondStepOf(settings({ SMTP_URL: 'smtp://mail.example' })), 'roles')
  assert.equal(secondStepOf(settings({ SMTP_URL: 'smtp://mail.example', SECOND_STEP: 'everyone' })), 'everyone')
  assert.equal(secondStepOf(settings({ SMTP_URL: 'smtp://mail.example', SECOND_STEP: 'nobody' })), 'nobody')
})

test('once a node serves others, links are looked at; the operator may say otherwise', () => {
  assert.equal(looksAtLinks(settings({})), false)
  assert.equal(looksAtLinks(settings({ PUBLIC_URL: 'https://q.example' })), true)
  assert.equal(looksAtLinks(settings({ PUBLIC_URL: 'https://q.example', CHECK_LINKS: 'false' })), false)
  assert.equal(looksAtLinks(settings({ CHECK_LINKS: 'true' })), true)
})
