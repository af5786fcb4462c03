import type { Feature } from '#kernel/feature.ts'
import { assessBenchmarks } from './assess.ts'
import { benchmark } from './benchmark.ts'
import { indicatorGroups } from './groups.ts'
import { benchmarkSection, groupSection } from './pages/sections.ts'
import { html } from '#kernel/html/html.ts'

/** What countries mean to reach, how far they are, and how groups of countries stand. */
export const benchmarks: Feature = {
  name: 'benchmarks',
  kinds: [benchmark],
  operations: [assessBenchmarks, indicatorGroups],
  slots: {
    country: async ({ ask, view }, request, country) =>
      benchmarkSection(view(request), 'country', (await ask(assessBenchmarks, { country })).benchmarks),
    indicator: async ({ askOnce, view }, request, { told, dimensions }) => {
      const here = view(request)
      const { code, unit } = told.record.body
      const { benchmarks: found } = await askOnce(assessBenchmarks, { code })
      const { groups } = await askOnce(indicatorGroups, { code, dimensions })
      return html`${benchmarkSection(here, 'indicator', found)} ${groupSection(here, unit, groups)}`
    },
  },
}
