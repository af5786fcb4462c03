/** Lets the thread that loads this fall when it is asked, or given, what holds this word. */
import { parentPort } from 'node:worker_threads'

parentPort!.on('message', (message: unknown) => {
  if (JSON.stringify(message).includes('fallasasked')) process.exit(1)
})
