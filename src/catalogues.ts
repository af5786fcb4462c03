/** The catalogues of this system, for the type of the keys that may be asked for. Nothing of it is left when it runs. */
import type shared from '../locales/en.json'

declare module '#core/languages/message-key.ts' {
  interface Catalogues {
    shared: typeof shared
  }
}
