/** Words that the rules join with others for no more than their first letters, by language: each with the stem that it has to itself. */
const apart: Record<string, [word: RegExp, stem: string][]> = {
  en: [
    // Else to write programs is to run a programme, and who attends is attended to.
    [/^programming$/, 'programming'],
    [/^attendances?$/, 'attendance'],
    [/^procurements?$/, 'procurement'],
    [/^universit(?:y|ies)$/, 'university'],
    [/^experiments?$/, 'experiment'],
    [/^emergenc(?:y|ies)$/, 'emergency'],
    [/^important$/, 'important'],
    // What is coded, and a code, is no coding lesson.
    [/^coding$/, 'coding'],
    // What is learned of data is no analytical writing, what is multiplied is not in multiple grades, and a cheat sheet is no fraud.
    [/^analytics$/, 'analytics'],
    [/^multipl(?:ication|y|ies|ied|ying)$/, 'multiplication'],
    [/^cheating$/, 'cheating'],
    // Hausa is no house (“Haus”).
    [/^hausa$/, 'hausa'],
    // Who educates is a teacher, education is not.
    [/^educators?$/, 'educator'],
  ],
  fr: [
    [/^maintenances?$/, 'maintenance'],
    // In English to fill is another word.
    [/^filles?$/, 'fille'],
    [/^programm(?:er|ation|eurs?|euses?)$/, 'programmation'],
    // What is universal is no university.
    [/^universites?$/, 'universite'],
    [/^multipli(?:er|ez|e|cations?)$/, 'multiplication'],
    // Costa Rica costs nothing.
    [/^costas?$/, 'costa'],
    // Who teaches or learns is not teaching nor learning, and a “prof” is no profit.
    [/^enseignante?s?$/, 'enseignant'],
    [/^apprenante?s?$/, 'apprenant'],
    [/^profs?$/, 'profs'],
  ],
  es: [
    [/^generos?$/, 'genero'],
    [/^ninas?$/, 'nina'],
    [/^nivelacion(?:es)?$/, 'nivelacion'],
    // Walls are no peers (“pares”), and Qatar no cats.
    [/^pared(?:es)?$/, 'pared'],
    [/^catar$/, 'catar'],
    // A teacher (“seño”) makes no signs.
    [/^senas?$/, 'sena'],
    [/^programa(?:r|cion|dor|dora|dores|doras)$/, 'programacion'],
    [/^universidad(?:es)?$/, 'universidad'],
    [/^multiplic(?:ar|acion|aciones)$/, 'multiplicacion'],
    // Costs are no coast, and Costa Rica is not dear; who measures whether something worked looks for no functions, and a project is not projected.
    [/^cost[eo]s?$/, 'costo'],
    [/^costas?$/, 'costa'],
    [/^hausa$/, 'hausa'],
    [/^funcion(?:a|an|ar|o|aron|aba|aban|ado|ando|e|en)$/, 'funcionar'],
    [/^proyectos?$/, 'proyecto'],
    [/^madrid$/, 'madrid'],
    // In English “may” is another word.
    [/^mayas?$/, 'mayas'],
    // Who studies is no study, a degree no teacher, a cell no telephone and mobility no mobile one.
    [/^estudiant(?:es?|ado)$/, 'estudiante'],
    [/^maestrias?$/, 'maestria'],
    [/^celulas?$/, 'celula'],
    [/^movilidad(?:es)?$/, 'movilidad'],
  ],
  ru: [
    // Else Nigeria would be a form of Niger.
    [/^нигери/, 'нигери'],
    // Else a school (“лицей”) would be a face or a person (“лицо”, “лица”).
    [/^лице(?:й|я|ю|ем|е|и|ев|ям|ями|ях)$/, 'лицей'],
    // For a while (“пока”) is no PC (“ПК”).
    [/^пока$/, 'пока'],
  ],
}

/** The stem that a word has to itself; undefined where the rules may have it. */
export const stemApart = (word: string, language: string): string | undefined =>
  apart[language]?.find(([one]) => one.test(word))?.[1]
