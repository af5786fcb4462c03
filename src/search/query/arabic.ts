/** Word forms of Arabic: what clings to a word, and the plurals that change it within. */
import { folded } from '#kernel/i18n/fold.ts'
import plurals from './arabic-plurals.json' with { type: 'json' }

const articles = ['وال', 'بال', 'كال', 'فال', 'ال', 'لل']
const endings = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي']

const arabic = 'عربي'
/** Without its ending a school would be a teacher. */
const ofSchool = /^مدرس(?:ه|ها|تها|يه|ي)$/
const school = 'مدرسه'
/** What is done, or how: a word of three letters and more that ends as none does but by its case. */
const tanwin = /(?<=^[^يوا]{2,}[^يوا])ا$/

/** “Their privacy” is privacy: what belongs to them clings to a word that ends in ـة. */
const ofOthers = /(?<=^.{3,})ت(?:هم|هن|كم|نا)$/

/** Folded words that begin with و by nature, so that it is no “and”: reality, means, media, ministry, access, unit, document, task, time, … */
const withWaw =
  /^و(?:اقع|اجب|اتساب|سائل|سايل|سيل|سائط|سايط|زار|زير|صول|حده|حدات|ثيق|ثائق|ثايق|ظيف|ظائف|ظايف|قت|كال|كيل|لاي|طني|عي$|رقه|رقي|رش|يكي|اضح|الدين|الدان|ضع)/

/** The "light10" stemmer of Larkey, Ballesteros and Connell, on folded words. */
function light(word: string): string {
  const isWhole = withWaw.test(word)
  let stem = word.length > 3 && word.startsWith('و') && !isWhole ? word.slice(1) : word
  const article = articles.find((prefix) => stem.startsWith(prefix) && stem.length - prefix.length >= 2)
  if (article && !isWhole) stem = stem.slice(article.length)
  // Else the Arabic language would be a cart.
  if (stem.startsWith(arabic)) return arabic
  stem = stem.replace(ofOthers, 'ه')
  if (ofSchool.test(stem)) return school
  for (const ending of endings) {
    if (stem.endsWith(ending) && stem.length - ending.length >= 2) stem = stem.slice(0, -ending.length)
  }
  // كتبًا is written كتبا; a foreign word, as تكنولوجيا, ends so in all of its forms.
  return tanwin.test(stem) ? stem.slice(0, -1) : stem
}

/** From the stem of a broken plural to that of its singular; a plural that begins like the article has two stems. */
const singulars = new Map(
  Object.entries(plurals.singulars).flatMap(([singular, all]) =>
    all.flatMap((plural) =>
      [folded(plural), `ال${folded(plural)}`].map((form) => [light(form), light(folded(singular))] as const),
    ),
  ),
)

/**
 * The stem of a folded word. Snowball's rules leave والمدارس whole, so that "and the schools" would not be found by
 * "schools". No rule finds كتاب from كتب: the plurals of the words of this field are in a list.
 */
export function stemArabic(word: string): string {
  const stem = light(word)
  return singulars.get(stem) ?? stem
}
