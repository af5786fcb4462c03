/**
 * XPath 1.0 as far as the rule sets of IATI use it, compiled once an expression: location paths along children, attributes,
 * `..` and `//`, predicates, `count`, `not`, `number`, comparisons and logic. No library that is kept up judges by the
 * rules of version 1.0, in which a code that is no number is just unequal to one (decision 147).
 */
import type { XmlElement } from '../xml/read-xml.ts'

export type XmlNode = { value: string; element?: XmlElement; parent?: XmlNode | undefined }
export type XPathValue = boolean | number | string | readonly XmlNode[]
/** `loop`: what stands for `'$1'`. */
type At = { node: XmlNode; position: number; loop: string | undefined }
type Compiled = (at: At) => XPathValue

const stringOf = (element: XmlElement): string => element.text + element.children.map(stringOf).join('')

/** A class, since the engine keeps a shape for every literal with a getter, and with it the element until memory is short. */
class ElementNode implements XmlNode {
  element: XmlElement
  parent: XmlNode | undefined
  #children: readonly XmlNode[] | undefined
  constructor(element: XmlElement, parent?: XmlNode) {
    this.element = element
    this.parent = parent
  }
  get value(): string {
    return stringOf(this.element)
  }
  /** Made once, so that a node is one and the same wherever a path comes from. */
  get children(): readonly XmlNode[] {
    this.#children ??= this.element.children.map((child) => new ElementNode(child, this))
    return this.#children
  }
}
export const nodeOf = (element: XmlElement): XmlNode => new ElementNode(element)

const tokens = /\s*(\/\/|\.\.|!=|<=|>=|[/|+=<>()[\]@.,]|"[^"]*"|'[^']*'|\d+(?:\.\d+)?|[A-Za-z_][\w.:-]*)/y

function tokensOf(expression: string): string[] {
  const found: string[] = []
  tokens.lastIndex = 0
  while (tokens.lastIndex < expression.trimEnd().length) {
    const token = tokens.exec(expression)?.[1]
    if (token === undefined) throw new Error(`not understood in XPath: ${expression}`)
    found.push(token)
  }
  return found
}

const compiled = new Map<string, Compiled>()

/** Expressions come from rule sets, not from files, so what is remembered stays small. */
export function evaluate(expression: string, node: XmlNode, loop?: string): XPathValue {
  if (!compiled.has(expression)) compiled.set(expression, compile(expression))
  return compiled.get(expression)!({ node, position: 1, loop })
}
export const nodesAt = (expression: string, node: XmlNode, loop?: string): readonly XmlNode[] => {
  const found = evaluate(expression, node, loop)
  if (!Array.isArray(found)) throw new Error(`no nodes: ${expression}`)
  return found as readonly XmlNode[]
}
export const holds = (expression: string, node: XmlNode, loop?: string): boolean =>
  booleanOf(evaluate(expression, node, loop))

const isNodes = (value: XPathValue): value is readonly XmlNode[] => Array.isArray(value)
const booleanOf = (value: XPathValue): boolean =>
  isNodes(value) ? value.length > 0 : typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value)
const numberIn = (text: string): number => (/^\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN)
const textOf = (value: XPathValue): string => (isNodes(value) ? (value[0]?.value ?? '') : String(value))
const numberOf = (value: XPathValue): number =>
  typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : numberIn(textOf(value))

/** XPath 1.0 §3.4: of node sets, that any of their nodes fits. */
function compare(operator: string, left: XPathValue, right: XPathValue): boolean {
  const fits = (a: string | number | boolean, b: string | number | boolean): boolean => {
    if (operator !== '=' && operator !== '!=') return relates(operator, numberOf(a), numberOf(b))
    const isEqual =
      typeof a === 'boolean' || typeof b === 'boolean'
        ? booleanOf(a) === booleanOf(b)
        : typeof a === 'number' || typeof b === 'number'
          ? numberOf(a) === numberOf(b)
          : a === b
    return isEqual === (operator === '=')
  }
  const valuesOf = (value: XPathValue, other: XPathValue) =>
    !isNodes(value) ? [value] : typeof other === 'boolean' ? [value.length > 0] : value.map((node) => node.value)
  return valuesOf(left, right).some((a) => valuesOf(right, left).some((b) => fits(a, b)))
}

function relates(operator: string, a: number, b: number): boolean {
  if (operator === '<') return a < b
  if (operator === '>') return a > b
  return operator === '<=' ? a <= b : a >= b
}

type Step = (from: XmlNode, loop: string | undefined) => readonly XmlNode[]

function compile(expression: string): Compiled {
  const list = tokensOf(expression)
  let at = 0
  const peek = () => list[at]
  const take = (token?: string): string => {
    const found = list[at++]
    if (found === undefined || (token !== undefined && found !== token))
      throw new Error(`${expression}: ${token ?? 'end'}`)
    return found
  }

  /** Operators from the loosest to the tightest; each joins what the next reads. */
  const levels: readonly (readonly string[])[] = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['+'], ['|']]
  const joinedBy: Readonly<Record<string, (left: Compiled, right: Compiled) => Compiled>> = {
    or: (left, right) => (here) => booleanOf(left(here)) || booleanOf(right(here)),
    and: (left, right) => (here) => booleanOf(left(here)) && booleanOf(right(here)),
    '+': (left, right) => (here) => numberOf(left(here)) + numberOf(right(here)),
    '|': (left, right) => (here) => [...(left(here) as readonly XmlNode[]), ...(right(here) as readonly XmlNode[])],
  }
  function read(level = 0): Compiled {
    if (level === levels.length) return readValue()
    let left = read(level + 1)
    while (levels[level]!.includes(peek() ?? '')) {
      const operator = take()
      const [before, after] = [left, read(level + 1)]
      left = joinedBy[operator]?.(before, after) ?? ((here) => compare(operator, before(here), after(here)))
    }
    return left
  }

  function readValue(): Compiled {
    const token = peek() ?? ''
    if (/^["']/.test(token)) {
      const text = take().slice(1, -1)
      return text === '$1' ? ({ loop }) => loop ?? '$1' : () => text
    }
    if (/^\d/.test(token)) {
      const value = Number(take())
      return () => value
    }
    if (token === '(') {
      take('(')
      const inner = read()
      take(')')
      return inner
    }
    if (['count', 'not', 'number'].includes(token) && list[at + 1] === '(') return readCall()
    return readPath()
  }

  function readCall(): Compiled {
    const name = take()
    take('(')
    const inner = read()
    take(')')
    if (name === 'not') return (here) => !booleanOf(inner(here))
    if (name === 'number') return (here) => numberOf(inner(here))
    return (here) => (inner(here) as readonly XmlNode[]).length
  }

  function readPath(): Compiled {
    const steps: Step[] = []
    const isAbsolute = peek() === '/' || peek() === '//'
    if (peek() === '/') take()
    for (;;) {
      const isDeep = peek() === '//'
      if (isDeep) take()
      if (isDeep) steps.push((from) => everyBelow(from))
      steps.push(readStep())
      if (peek() === '/') take()
      else if (peek() !== '//') break
    }
    return ({ node, loop }) => {
      let nodes: readonly XmlNode[] = [isAbsolute ? topOf(node) : node]
      for (const step of steps)
        nodes = nodes.length === 1 ? step(nodes[0]!, loop) : nodes.flatMap((one) => step(one, loop))
      return nodes
    }
  }

  function readStep(): Step {
    let step = readAxis()
    while (peek() === '[') {
      take('[')
      const inner = read()
      take(']')
      const before = step
      step = (from, loop) =>
        before(from, loop).filter((node, index) => {
          const value = inner({ node, position: index + 1, loop })
          return typeof value === 'number' ? value === index + 1 : booleanOf(value)
        })
    }
    return step
  }

  function readAxis(): Step {
    const token = take()
    if (token === '..') return (node) => (node.parent ? [node.parent] : [])
    if (token === '.') return (node) => [node]
    if (token === '@') {
      const name = take()
      return ({ element }) => {
        const value = element?.attributes[name]
        return value === undefined ? [] : [{ value }]
      }
    }
    if (token === 'text' && peek() === '(') {
      take('(')
      take(')')
      return ({ element }) => (element && element.text !== '' ? [{ value: element.text }] : [])
    }
    return (node) => named(node, token)
  }

  const whole = read()
  if (at !== list.length) throw new Error(`not understood in XPath: ${expression}`)
  return whole
}

const childrenOf = (node: XmlNode): readonly XmlNode[] => (node instanceof ElementNode ? node.children : [])

const none: readonly XmlNode[] = []
function named(node: XmlNode, name: string): readonly XmlNode[] {
  let found: XmlNode[] | undefined
  // By the elements, so that nodes are made of none whose children nobody asks for.
  const elements = node.element?.children ?? []
  for (let at = 0; at < elements.length; at++)
    if (elements[at]!.name === name) (found ??= []).push(childrenOf(node)[at]!)
  return found ?? none
}

/** Itself and all that is in it: what `//` begins from. */
function everyBelow(node: XmlNode, found: XmlNode[] = []): XmlNode[] {
  found.push(node)
  for (const child of childrenOf(node)) everyBelow(child, found)
  return found
}

function topOf(node: XmlNode): XmlNode {
  let top = node
  while (top.parent) top = top.parent
  return top
}
