/** The thread that answers, with a word that makes it fall. */
import './fall.ts'
import '#search/index/threads/reader.ts'
