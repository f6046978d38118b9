import { watchEffect, type MaybeRefOrGetter, toValue } from 'vue'
import { useWords } from './texts'

/** Keeps the browser's title in step with what the page shows. */
export function useTitle(title: MaybeRefOrGetter<string | undefined>): void {
  const { t } = useWords()
  watchEffect(() => {
    const own = toValue(title)
    document.title = own ? `${own} · ${t('product.name')}` : t('product.name')
  })
}
