import { onBeforeUnmount, onMounted } from 'vue'

/** Listens on the document for as long as the component lives. */
export function useEventListener<Name extends keyof DocumentEventMap>(
  name: Name,
  listen: (event: DocumentEventMap[Name]) => void,
): void {
  onMounted(() => document.addEventListener(name, listen))
  onBeforeUnmount(() => document.removeEventListener(name, listen))
}
