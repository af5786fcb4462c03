/** Grades of the United States → ISCED 2011: kindergarten and before 0, 1 to 6 primary, 7 to 9 lower, 10 to 12 upper secondary. */
export function levelsOfGrades(grades: readonly string[]): string[] {
  const levels = grades.flatMap((grade) => {
    if (/^(PK|Pre-K|K|KG)$/i.test(grade)) return '0'
    const number = Number(grade)
    if (!Number.isInteger(number) || number < 1 || number > 12) return []
    return number <= 6 ? '1' : number <= 9 ? '2' : '3'
  })
  return [...new Set(levels)].sort()
}
