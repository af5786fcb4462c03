import type { Feature } from '#kernel/feature.ts'
import { mountBestBets } from './routes.ts'

/** The page on which curators say what comes first for a question. */
export const bestBets: Feature = { name: 'best-bets', routes: [mountBestBets] }
