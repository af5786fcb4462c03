import type { Collection } from '#house/collection.ts'

export const collections: readonly Collection[] = []
