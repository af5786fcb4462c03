/** The thread that changes the index, with a word that makes it fall. */
import './fall.ts'
import '#search/index/threads/writer.ts'
