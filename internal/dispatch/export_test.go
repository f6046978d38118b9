package dispatch

import "jieli/internal/store"

// MoveTo lets the warm plans stand over another store, as if the kept plans had changed.
func MoveTo(w *Warm, s *store.Store) { w.service.Store = s }

// Loaded are the plans that are loaded, the last used one first.
func Loaded(w *Warm) []string {
	var ids []string
	for at := w.used.Front(); at != nil; at = at.Next() {
		ids = append(ids, at.Value.(*session).kept.ID) //nolint:forcetypeassert // the list holds nothing else
	}
	return ids
}
