import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organisation } from '#features/clearing-house/organisation.ts'
import sameOrganisations from '#records/sources/same-organisations.json' with { type: 'json' }
import { readSource, realData } from '../../../../test/collection.ts'
import { idOf } from '#records/identifier.ts'
import { platform } from '../platform.ts'
import { oerPlatforms } from './oer-platforms.ts'

const folder = await realData(oerPlatforms.folder)

test(
  'platforms come with their providers, and their free text is mended or flagged',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { records, refused, notes, count } = await readSource(oerPlatforms, [platform, organisation], folder)

    assert.equal(count('platform') + refused.length, 69)
    assert.ok(notes['countryMended'] === 1 && notes['licenceUnknown']! > 0 && notes['licencesSeveral']! > 0)
    type Body = { url?: string; providers?: string[]; title: Record<string, string> }
    const platforms = records.filter(({ kind }) => kind === 'platform').map(({ body }) => body as Body)
    assert.ok(platforms.every(({ url = 'http' }) => url.startsWith('http')))
    const own = records.filter(({ kind }) => kind === 'organisation').map(({ identifier }) => identifier)
    // Some are described by other collections.
    const organisations = new Set([...own, ...Object.keys(sameOrganisations)].map(idOf))
    assert.ok(platforms.every(({ providers = [] }) => providers.every((provider) => organisations.has(provider))))
    assert.ok(
      records.every(({ body }) =>
        Object.values((body as Body).title).every((title) => title.length < 150 && !title.includes('\n')),
      ),
    )
  },
)
