import type { Collection } from '../collection.ts'

export const collections: readonly Collection[] = []
