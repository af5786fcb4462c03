import type { Kind } from '../kind.ts'

/** What judges or gathers others stands for itself: nobody’s word becomes another’s. */
export const isMergeable = ({ isUnreviewed = false, isMadeByHouse = false, isAid = false }: Kind): boolean =>
  !isUnreviewed && !isMadeByHouse && !isAid
