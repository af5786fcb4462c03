/** The thread that changes the index, with a word that makes it fall. */
import './fall.ts'
import '../src/house/search/index/threads/writer.ts'
