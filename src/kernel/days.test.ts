/** Days of the calendar, and texts that only look like one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDay, isMoment } from './days.ts'

test('a day is one of the calendar, written in full', () => {
  for (const day of ['2026-02-28', '2024-02-29', '2000-02-29', '1999-12-31']) assert.ok(isDay(day), day)
  for (const text of ['2026-02-30', '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-1-1'])
    assert.ok(!isDay(text), text)
  for (const text of ['', '2026', '2026-02', '2026-02-03T00:00:00Z', ' 2026-02-03', '٢٠٢٦-٠٢-٠٣', '2026-02-03\n'])
    assert.ok(!isDay(text), text)
})

test('a time is of such a day', () => {
  for (const text of ['2026-02-28', '2026-02-28T10:00:00Z', '2026-02-28T10:00:00.123+05:30']) assert.ok(isMoment(text))
  for (const text of ['2026-02-30T10:00:00Z', '2026-02-28T25:00:00Z', '2026-02-28T', 'soon', ''])
    assert.ok(!isMoment(text))
})
