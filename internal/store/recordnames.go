package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

// NamesOf are the names of units by id and of divisions by code, for showing what records refer to. It takes no scope:
// a name tells no more than the reference does.
func NamesOf(tx *Tx, units, regions []string) (map[string]string, error) {
	codes := make([]domain.Code, 0, len(regions))
	for _, r := range regions {
		codes = append(codes, domain.Code(r))
	}
	byCode, err := regionNames(tx, codes)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(units)+len(byCode))
	for code, name := range byCode {
		names[string(code)] = name
	}
	if len(units) == 0 {
		return names, nil
	}
	var rows []struct{ ID, Name string }
	if err := tx.db.NewRaw(`SELECT id, name FROM unit WHERE id IN (?)`, bun.List(units)).Scan(tx.ctx, &rows); err != nil {
		return nil, err
	}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}
