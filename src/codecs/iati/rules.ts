/**
 * Rule sets of IATI, evaluated as they are published: contexts → kinds of rules → cases
 * (https://github.com/IATI/IATI-Rulesets). One activity or organisation at a time, below a root of its own.
 */
import { readFileSync } from 'node:fs'
import type { XmlElement } from '../xml/read-xml.ts'
import { elementOf } from '../xml/element.ts'
import agencies from './standard/registration-agencies.json' with { type: 'json' }
import { holds, nodeOf, nodesAt, type XmlNode } from './xpath.ts'

export const severities = ['success', 'warning', 'error', 'critical'] as const
export type Severity = (typeof severities)[number]
export type Finding = { rule: string; severity: Severity; message: string; count: number }
export const worst = (findings: readonly { severity: Severity }[]): Severity =>
  severities[Math.max(0, ...findings.map(({ severity }) => severities.indexOf(severity)))]!

type Case = {
  ruleInfo?: { id: string; severity: Severity; message: string }
  paths?: string[]
  prefix?: string[]
  separator?: string
  condition?: string
  regex?: string
  less?: string
  more?: string
  date?: string
  start?: string
  end?: string
  sum?: number
  min?: number
  max?: number
  one?: string
  all?: string
  if?: string
  then?: string
  foreach?: string
  do?: Rules
  subs?: string[]
}
type Rules = Record<string, { cases: Case[] }>
export type RuleSet = Record<string, Rules>

export const standardRules = JSON.parse(
  readFileSync(new URL('standard/ruleset.json', import.meta.url), 'utf8'),
) as RuleSet

/** What a rule is asked of: a node, today, and what a loop around it stands at. */
type Asked = { node: XmlNode; today: string; loop: string | undefined }
type Test = (one: Case, asked: Asked) => boolean

const valuesAt = ({ paths = [] }: Case, { node, loop }: Asked): string[] =>
  paths.flatMap((path) => nodesAt(path, node, loop).map(({ value }) => value))

/** The calendar day that a date or time begins with; what is no date is the schema's to say. */
const dayOf = (text: string): string | undefined => /^\d{4}-\d{2}-\d{2}/.exec(text.trim())?.[0]
function daysAt(path: string | undefined, { node, today, loop }: Asked): string[] {
  if (path === 'NOW') return [today]
  return path === undefined ? [] : nodesAt(path, node, loop).flatMap(({ value }) => dayOf(value) ?? [])
}
const isBefore = (less: readonly string[], more: readonly string[]) => less.every((a) => more.every((b) => a <= b))

const yearMs = 366 * 24 * 60 * 60_000
const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** Sums of percentages, in ten-thousandths, for decimals add up to what they say. */
const rounded = (value: number) => Math.round(value * 10_000)

const prefixesOf = ({ prefix = [] }: Case, { node }: Asked): string[] =>
  prefix.flatMap((path) => (path === 'ORG-ID-PREFIX' ? agencies : nodesAt(path, node).map(({ value }) => value)))

function below(node: XmlElement, name: string): XmlElement[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...below(child, name)])
}
const valued = ['value', 'forecast', 'loan-status']
const everyOne: Readonly<Record<string, (here: XmlElement) => boolean>> = {
  lang: (here) => below(here, 'narrative').every(({ attributes }) => attributes['xml:lang'] !== undefined),
  sector: (here) =>
    here.children
      .filter(({ name }) => name === 'transaction')
      .every(({ children }) => children.some(({ name }) => name === 'sector')),
  currency: (here) =>
    valued
      .flatMap((name) => below(here, name))
      // A value of an indicator is no money.
      .filter(({ attributes, text }) => text.trim() !== '' || attributes['value-date'] !== undefined)
      .every(({ attributes }) => attributes['currency'] !== undefined),
}

const tests: Readonly<Record<string, Test>> = {
  no_more_than_one: (one, asked) => valuesAt(one, asked).length <= 1,
  atleast_one: (one, asked) => valuesAt(one, asked).length > 0,
  unique: (one, asked) => {
    const values = valuesAt(one, asked)
    return new Set(values).size === values.length
  },
  startswith: (one, asked) => {
    const prefixes = prefixesOf(one, asked).map((prefix) => `${prefix}${one.separator ?? ''}`)
    return valuesAt(one, asked).every((value) => prefixes.some((prefix) => value.startsWith(prefix)))
  },
  no_spaces: (one, asked) => valuesAt(one, asked).every((value) => value === value.trim()),
  regex_matches: (one, asked) => valuesAt(one, asked).every((value) => new RegExp(one.regex ?? '').test(value)),
  date_order: (one, asked) => isBefore(daysAt(one.less, asked), daysAt(one.more, asked)),
  date_now: (one, asked) => isBefore(daysAt(one.date, asked), [asked.today]),
  between_dates: (one, asked) =>
    isBefore(daysAt(one.start, asked), daysAt(one.date, asked)) &&
    isBefore(daysAt(one.date, asked), daysAt(one.end, asked)),
  time_limit: (one, asked) => {
    const [start] = daysAt(one.start, asked)
    const [end] = daysAt(one.end, asked)
    return !start || !end || !(msOf(end) - msOf(start) > yearMs)
  },
  range: ({ min = -Infinity, max = Infinity, ...one }, asked) =>
    valuesAt(one, asked).every((value) => !(Number(value) < min || Number(value) > max)),
  strict_sum: (one, asked) => {
    const values = valuesAt(one, asked)
    return (
      values.length === 0 || rounded(values.reduce((sum, value) => sum + Number(value), 0)) === rounded(one.sum ?? 0)
    )
  },
  one_or_all: ({ one = '', all = '' }, { node, loop }) =>
    nodesAt(one, node, loop).length > 0 || (everyOne[all]?.(node.element!) ?? true),
  if_then: (one, { node, loop }) => !holds(one.if ?? '', node, loop) || holds(one.then ?? '', node, loop),
}

function* findingsOf(rules: Rules, asked: Asked): Generator<NonNullable<Case['ruleInfo']>> {
  for (const [name, { cases }] of Object.entries(rules))
    for (const one of cases) {
      if (name === 'loop') {
        for (const value of new Set(nodesAt(one.foreach ?? '', asked.node).map((found) => found.value)))
          yield* findingsOf(one.do ?? {}, { ...asked, loop: value })
        continue
      }
      const test = tests[name]
      if (!test) throw new Error(`a rule of a kind that is not known: ${name}`)
      if (one.condition && !holds(one.condition, asked.node, asked.loop)) continue
      if (!test(one, asked) && one.ruleInfo) yield one.ruleInfo
    }
}

const mostFindings = 50

/**
 * What the rules find of one child of a root, such as an `iati-activity`; each rule once, with how often it is broken.
 * `today`: a calendar day, for rules on what is yet to come.
 */
export function brokenRules(
  child: XmlElement,
  { today, root = 'iati-activities', rules = standardRules }: { today: string; root?: string; rules?: RuleSet },
): Finding[] {
  const top = nodeOf(elementOf('', {}, [elementOf(root, {}, [child])]))
  const found = new Map<string, Finding>()
  for (const [context, ofContext] of Object.entries(rules))
    for (const node of nodesAt(context, top))
      for (const { id, severity, message } of findingsOf(ofContext, { node, today, loop: undefined })) {
        const before = found.get(id)
        if (before) before.count++
        else found.set(id, { rule: id, severity, message, count: 1 })
      }
  return [...found.values()].slice(0, mostFindings)
}
