/** Who runs this node and how to reach them, as they said it themselves. */
import type { Services } from '#kernel/context.ts'
import type { Appearance } from '#features/site/appearance.ts'
import type { Texts } from '#records/record.ts'

export type Presented = {
  /** By language. */
  names: Texts
  operator: Texts | undefined
  legalBasis: Texts | undefined
  reviewPolicy: Texts | undefined
  contact: { email?: string | undefined; url?: string | undefined }
}

export function presentedBy({ site, appearance }: Pick<Services, 'site'> & { appearance: Appearance }): Presented {
  const body = appearance.current()?.body
  return {
    names: site.names ?? { en: site.name },
    operator: body?.operatorName,
    legalBasis: body?.legalBasis,
    reviewPolicy: body?.reviewPolicy,
    contact: { email: body?.contactEmail, url: body?.contactUrl },
  }
}
