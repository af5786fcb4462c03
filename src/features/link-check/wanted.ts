import type { Settings } from '#kernel/config.ts'

/** A node that somebody tries out on their own machine asks nobody anything. */
export const looksAtLinks = ({ checkLinks, publicUrl }: Pick<Settings, 'checkLinks' | 'publicUrl'>): boolean =>
  checkLinks === '' ? publicUrl !== '' : checkLinks === 'true'
