import type words from './en.json'

declare module '#kernel/i18n/message-key.ts' {
  interface Catalogues {
    'features/incomplete': typeof words
  }
}
