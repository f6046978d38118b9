package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type relationRow struct {
	bun.BaseModel `bun:"table:relation"`
	domain.Relation
}

type accountLinkRow struct {
	bun.BaseModel `bun:"table:account_link"`
	domain.AccountLink
}

// InsertRelation adds a tie between two cadres, whichever stands first.
func InsertRelation(tx *Tx, r domain.Relation) error {
	if r.Relative < r.Cadre {
		r.Cadre, r.Relative = r.Relative, r.Cadre
	}
	return insert(tx, []relationRow{{Relation: r}})
}

// DeleteRelation removes the tie between two cadres, relation.not_found where there is none.
func DeleteRelation(tx *Tx, cadre, relative string) error {
	result, err := tx.db.NewRaw(`DELETE FROM relation WHERE cadre = ? AND relative = ?`, min(cadre, relative), max(cadre, relative)).Exec(tx.ctx)
	if err != nil {
		return err
	}
	return touched(result, domain.NotFound("relation", relative))
}

// RelationsOf are the ties of any of the cadres, all as kept: each pair once.
func RelationsOf(tx *Tx, cadres ...string) ([]domain.Relation, error) {
	if len(cadres) == 0 {
		return nil, nil
	}
	rows, err := all[relationRow](tx, `SELECT * FROM relation WHERE cadre IN (?wanted) OR relative IN (?wanted) ORDER BY cadre, relative`,
		nominationArgs{Wanted: bun.List(cadres)})
	return each(rows, func(r relationRow) domain.Relation { r.DeclaredAt = r.DeclaredAt.UTC(); return r.Relation }), err
}

// RelationsIn are the ties between nominees of a round.
func RelationsIn(tx *Tx, round string) ([]domain.Relation, error) {
	// As a join, SQLite may try every pair of nominees.
	rows, err := all[relationRow](tx, `SELECT r.* FROM relation r
		WHERE EXISTS (SELECT 1 FROM nomination a WHERE a.round = ?round AND a.cadre = r.cadre)
		AND EXISTS (SELECT 1 FROM nomination b WHERE b.round = ?round AND b.cadre = r.relative)
		ORDER BY r.cadre, r.relative`, roundArgs{Round: round})
	return each(rows, func(r relationRow) domain.Relation { r.DeclaredAt = r.DeclaredAt.UTC(); return r.Relation }), err
}

// PutAccountLink says who is behind an account, in place of who was; an empty cadre is nobody.
func PutAccountLink(tx *Tx, l domain.AccountLink) error {
	if _, err := tx.db.NewRaw(`DELETE FROM account_link WHERE account = ?`, l.Account).Exec(tx.ctx); err != nil || l.Cadre == "" {
		return err
	}
	return insert(tx, []accountLinkRow{{AccountLink: l}})
}

// CadreBehind is the cadre behind an account, empty where nobody is known.
func CadreBehind(tx *Tx, account string) (string, error) {
	rows, err := all[accountLinkRow](tx, `SELECT * FROM account_link WHERE account = ?id`, idArgs{account})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Cadre, nil
}
