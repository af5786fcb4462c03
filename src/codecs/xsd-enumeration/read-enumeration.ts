import { elementsOf, oneLine, readXml } from '../xml/read-xml.ts'

export type EnumeratedValue = { value: string; label?: string }

/** The values of every enumeration of an XML Schema, with the words of its documentation. */
export function readEnumeration(text: string): EnumeratedValue[] {
  return [...elementsOf(readXml(text), 'xs:enumeration')].flatMap((element) => {
    const value = element.attributes['value']
    if (!value) return []
    const [documentation] = elementsOf(element, 'xs:documentation')
    const label = documentation && oneLine(documentation.text)
    return [{ value, ...(label && { label }) }]
  })
}
