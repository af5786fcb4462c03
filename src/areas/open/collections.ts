import type { Collection } from '#house/collection.ts'
import { africanStorybook } from './collections/african-storybook.ts'
import { bookDash } from './collections/book-dash.ts'
import { digitalPublicGoods } from './collections/digital-public-goods.ts'
import { phetSimulations } from './collections/phet-simulations.ts'
import { programmingLists } from './collections/programming-lists.ts'

export const collections: readonly Collection[] = [
  africanStorybook,
  phetSimulations,
  bookDash,
  programmingLists,
  digitalPublicGoods,
]
