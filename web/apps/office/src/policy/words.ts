import { computed } from 'vue'
import type { PolicyKey, PolicyValue } from '@jieli/api'
import { useWords } from '../texts'
import { sourceText, valueText, type ValueWords } from './values'

/** Values and sources in the reader's language. */
export function usePolicyWords() {
  const { t } = useWords()
  const words = computed<ValueWords>(() => ({
    yes: t('common.yes'), no: t('common.no'), nothing: t('policy.nothing'), comma: t('common.comma'),
  }))
  return {
    valueOf: (key: PolicyKey, value: PolicyValue) => valueText(key, value, words.value),
    sourceOf: (source: PolicyValue['source']) => sourceText(source, words.value.comma),
  }
}
