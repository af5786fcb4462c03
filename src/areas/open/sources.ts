import type { Source } from '#records/sources/source.ts'
import { africanStorybook } from './sources/african-storybook.ts'
import { bookDash } from './sources/book-dash.ts'
import { digitalPublicGoods } from './sources/digital-public-goods.ts'
import { phetSimulations } from './sources/phet-simulations.ts'
import { programmingLists } from './sources/programming-lists.ts'

export const sources: readonly Source[] = [
  africanStorybook,
  phetSimulations,
  bookDash,
  programmingLists,
  digitalPublicGoods,
]
