/** What the project says of indicators in six languages: plain names, definitions and limits. */
import type { Draft } from '#records/sources/source.ts'
import { known } from '#records/sources/row.ts'
import written from '../catalogue.json' with { type: 'json' }
import { identifierOf, type Indicator } from '../indicator.ts'

type Texts = Record<string, string>
export type Described = {
  code: string
  source: string
  theme: string
  unit: string
  sdgIndicator?: string
  limits?: string
  title: Texts
  /** What people call it beside its title, by language. */
  otherNames?: Readonly<Record<string, readonly string[]>>
  definition?: Texts
  headline?: string
  totalsFrom?: string
  isKey?: boolean
  /** Places of countries are counted from the lowest value. */
  lessIsBetter?: boolean
}

const described = written.indicators as unknown as readonly Described[]
const limits = written.limits as unknown as Readonly<Record<string, Texts>>
const byCode = new Map(described.map((one) => [one.code, one]))

export const describedBy = (code: string): Described | undefined => byCode.get(code)

/** Those that a country is looked at by, in the order in which they are told. */
export const keyIndicators: readonly Described[] = described.filter(({ isKey }) => isKey)

export type Published = {
  code: string
  /** The name that its publisher gives; nothing where the file that gives names is not there. */
  name: string | undefined
  publisher: string
  url?: string
  licence: string
  releasedOn: string
  sdgIndicator?: string | undefined
  unit: string
  dimensions: readonly string[]
}

/** An indicator as a record: what its publisher says, and what the project adds. */
export function indicatorDraft(published: Published): Draft {
  const own = describedBy(published.code)
  const title = own ? own.title : { en: published.name ?? published.code }
  const sdgIndicator = own?.sdgIndicator ?? published.sdgIndicator
  const target = sdgIndicator && /^4\.[0-9a-c]/.exec(sdgIndicator)?.[0]
  const body: Partial<Indicator> = {
    title,
    otherNames: own?.otherNames as Record<string, string[]>,
    originalLanguage: 'en',
    code: published.code,
    theme: own?.theme as string,
    definition: own?.definition as Texts,
    limits: own?.limits ? limits[own.limits]! : (undefined as unknown as Texts),
    method: (published.name ? { en: published.name } : undefined) as unknown as Texts,
    unit: own?.unit ?? published.unit,
    sdgIndicator: sdgIndicator as string,
    sdgTargets: target ? [target] : [],
    dimensions: [...published.dimensions],
    headline: own?.headline as string,
    totalsFrom: own?.totalsFrom as string,
    isKey: own?.isKey as boolean,
    publisher: published.publisher,
    url: published.url as string,
    releasedOn: published.releasedOn,
    licence: published.licence,
    areas: ['monitoring'],
  }
  const others = Object.keys(title).filter((language) => language !== 'en')
  return {
    kind: 'indicator',
    identifier: identifierOf(published.code),
    body: known(body),
    ...(others.length > 0 && {
      translations: Object.fromEntries(others.map((language) => [language, { machine: true }])),
    }),
  }
}
