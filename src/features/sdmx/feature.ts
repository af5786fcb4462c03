import type { Feature } from '#kernel/feature.ts'
import { mountSdmx } from './routes.ts'

/** Indicators for programs of statisticians: SDMX 2.1 and 3.0. */
export const sdmx: Feature = { name: 'sdmx', routes: [mountSdmx] }
