/** A YAML document, or the YAML between two `---` lines at the head of a text. */
import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'
import { checkYaml, refusePoison, usualInputLimits, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'

// Loaded when it is first needed: a node that only serves reads no YAML, and starts sooner without.
const yaml = () => createRequire(import.meta.url)('yaml') as typeof Yaml

export type YamlRead = {
  value: unknown
  /** Keys given twice in one place, the last of which holds. */
  repeatedKeys: { key: string; line: number }[]
}

export type FrontMatter = YamlRead & { body: string }

/** @throws Problem tooLarge, tooDeep, invalid with the line; aliases may not multiply. */
export function readYaml(text: string, limits: Partial<InputLimits> = {}): YamlRead {
  checkYaml(text, { ...usualInputLimits, bytes: 4 * 1024 * 1024, ...limits })
  try {
    const strict = yaml().parseDocument(text, { version: '1.2', logLevel: 'silent' })
    const repeated = strict.errors.filter(({ code }) => code === 'DUPLICATE_KEY')
    const broken = strict.errors.find(({ code }) => code !== 'DUPLICATE_KEY')
    if (broken)
      throw new Problem('invalid', { rule: broken.code, line: broken.linePos?.[0].line ?? 0 }, { cause: broken })

    const document =
      repeated.length > 0
        ? yaml().parseDocument(text, { version: '1.2', logLevel: 'silent', uniqueKeys: false })
        : strict
    const value: unknown = document.toJS({ maxAliasCount: 20 })
    refusePoison(value, 'invalid')
    return {
      value,
      repeatedKeys: repeated.map(({ pos, linePos }) => ({ key: keyAt(text, pos[0]), line: linePos?.[0].line ?? 0 })),
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    // The parser answers for too many aliases with a ReferenceError, for deep nesting with a RangeError.
    if (cause instanceof ReferenceError || cause instanceof TypeError)
      throw new Problem('invalid', { rule: 'alias' }, { cause })
    if (cause instanceof RangeError) throw new Problem('tooDeep', {}, { cause })
    throw cause
  }
}

const keyAt = (text: string, offset: number) => /^[^\s:]{1,100}/.exec(text.slice(offset, offset + 100))?.[0] ?? ''

/** @throws Problem invalid when the text has no front matter, and as `readYaml`. */
export function readFrontMatter(text: string, limits: Partial<InputLimits> = {}): FrontMatter {
  const [whole, head] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text) ?? []
  if (whole === undefined || head === undefined) throw new Problem('invalid', { rule: 'front-matter', line: 1 })
  const { value, repeatedKeys } = readYaml(head, limits)
  // The line of the opening `---` counts in the file.
  return {
    value,
    repeatedKeys: repeatedKeys.map(({ key, line }) => ({ key, line: line + 1 })),
    body: text.slice(whole.length).trim(),
  }
}
