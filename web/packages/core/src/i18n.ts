import { createI18n } from 'vue-i18n'

/** The languages of the product, the first one first. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** Texts by key, nested. */
export interface Messages {
  [key: string]: string | Messages
}

const storageKey = 'jieli.language'

/** The language that the reader chose in this browser, or Chinese. */
export function chosenLanguage(storage: Pick<Storage, 'getItem'> = localStorage): Language {
  const stored = storage.getItem(storageKey)
  return languages.find((l) => l === stored) ?? languages[0]
}

/** Sets up the texts; a language other than the first is loaded by `useLanguage` when it is chosen. */
export function createTexts(messages: Messages) {
  return createI18n<[Messages], string, false>({
    legacy: false,
    locale: languages[0],
    fallbackLocale: languages[0],
    messages: { [languages[0]]: messages },
    missingWarn: false,
    fallbackWarn: false,
  })
}

/** Says the page's language to the browser and keeps it for the next visit. */
export function rememberLanguage(language: Language): void {
  document.documentElement.lang = language
  localStorage.setItem(storageKey, language)
}

/** All keys of nested texts as dotted paths, in order. */
export function keysOf(messages: Messages, prefix = ''): string[] {
  return Object.entries(messages)
    .flatMap(([key, value]) => (typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`)))
    .sort()
}
