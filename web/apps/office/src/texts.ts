import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { chosenLanguage, createTexts, formatterFor, rememberLanguage, type Language, type Messages } from '@jieli/core'
import chinese from './locales/zh-CN'

/** The office's texts; Chinese is built in, every other language comes when it is chosen. */
export const texts = createTexts(chinese)

const loaders: Record<Exclude<Language, 'zh-CN'>, () => Promise<{ default: Messages }>> = {
  en: () => import('./locales/en'),
}

/** Loads a language where needed and shows it everywhere. */
export async function setLanguage(language: Language): Promise<void> {
  const { global } = texts
  if (language !== 'zh-CN') global.setLocaleMessage(language, (await loaders[language]()).default)
  global.locale.value = language
  rememberLanguage(language)
}

/** The language of the last visit, or Chinese. */
export function restoreLanguage(): Promise<void> {
  return setLanguage(chosenLanguage())
}

/** The reader's language as a value, and how it writes numbers. */
export function useWords() {
  const { t, te, locale } = useI18n()
  return { t, te, locale, format: computed(() => formatterFor(locale.value)) }
}
