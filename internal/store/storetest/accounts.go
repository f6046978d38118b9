package storetest

import (
	"testing"

	"jieli/internal/domain"
	"jieli/internal/store"
)

// accounts changes accounts one by one, and expects that nothing else changes.
func accounts(t *testing.T, open func(t *testing.T) *store.Store) {
	s, w := loaded(t, open, 8)
	expect := func(what string, want []domain.Account) {
		t.Helper()
		read(t, s, func(tx *store.Tx) error {
			got, err := store.Accounts(tx)
			equal(t, what, got, want)
			return err
		})
	}
	province, county, city := w.Accounts[0], w.Accounts[1], w.Accounts[2]
	expect("by region and username", []domain.Account{province, city, county})
	changed := city
	changed.Name, changed.Role, changed.Region, changed.PasswordHash, changed.Disabled = "新人", domain.RoleTownshipOffice, "430121101000", "$argon2id$9", false
	edit := changed
	edit.Username, edit.Demo, edit.CreatedAt = "hacker", true, Day.AddDate(1, 0, 0) // these stay as they are
	write(t, s, func(tx *store.Tx) error { return store.UpdateAccount(tx, edit) })
	expect("one changed", []domain.Account{province, county, changed})
	for _, id := range append([]string{"nobody", ""}, hostile...) {
		err := s.Write(t.Context(), func(tx *store.Tx) error { return store.UpdateAccount(tx, domain.Account{ID: id}) })
		refused(t, "account "+id, err, domain.KindNotFound, "account.not_found")
	}
	expect("the others stay", []domain.Account{province, county, changed})
}
