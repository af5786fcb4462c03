/** The thread that answers, with a word that makes it fall. */
import './fall.ts'
import '../src/house/search/index/threads/reader.ts'
