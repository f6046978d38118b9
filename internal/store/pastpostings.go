package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type pastPostingRow struct {
	bun.BaseModel `bun:"table:past_posting"`

	Cadre   string      `bun:",pk"`
	FromDay string      `bun:",pk"`
	Village domain.Code `bun:",pk"`
	ToDay   string
	Unit    string
	Role    domain.Role
}

func (r pastPostingRow) posting() domain.PastPosting {
	return domain.PastPosting{Cadre: r.Cadre, From: r.FromDay, To: r.ToDay, Village: r.Village, Unit: r.Unit, Role: r.Role}
}

// InsertPastPostings adds terms served; their cadres come before.
func InsertPastPostings(tx *Tx, ps []domain.PastPosting) error {
	return insert(tx, each(ps, func(p domain.PastPosting) pastPostingRow {
		return pastPostingRow{Cadre: p.Cadre, FromDay: p.From, Village: p.Village, ToDay: p.To, Unit: p.Unit, Role: p.Role}
	}))
}

// PostingsOfCadres are the terms that the cadres have served, by cadre, newest first.
func PostingsOfCadres(tx *Tx, cadres []string) (map[string][]domain.PastPosting, error) {
	return postingsBy(tx, "cadre", cadres, func(p domain.PastPosting) string { return p.Cadre })
}

// PostingsInVillages are the terms that were served in the villages, by village, newest first.
func PostingsInVillages(tx *Tx, villages []string) (map[string][]domain.PastPosting, error) {
	return postingsBy(tx, "village", villages, func(p domain.PastPosting) string { return string(p.Village) })
}

func postingsBy(tx *Tx, column string, keys []string, key func(domain.PastPosting) string) (map[string][]domain.PastPosting, error) {
	found := map[string][]domain.PastPosting{}
	for len(keys) > 0 {
		part := keys[:min(len(keys), 1000)]
		keys = keys[len(part):]
		var rows []pastPostingRow
		err := tx.db.NewRaw(`SELECT * FROM past_posting WHERE ? IN (?) ORDER BY from_day DESC, cadre, village`, bun.Ident(column), bun.List(part)).Scan(tx.ctx, &rows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			p := r.posting()
			found[key(p)] = append(found[key(p)], p)
		}
	}
	return found, nil
}
