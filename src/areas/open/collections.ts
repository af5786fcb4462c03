import type { Collection } from '#house/collection.ts'
import { africanStorybook } from './collections/african-storybook.ts'
import { bookDash } from './collections/book-dash.ts'
import { phetSimulations } from './collections/phet-simulations.ts'

export const collections: readonly Collection[] = [africanStorybook, phetSimulations, bookDash]
