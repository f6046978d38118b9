package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type policyRow struct {
	bun.BaseModel `bun:"table:policy_version"`

	ID         string `bun:",pk"`
	Name       string
	Region     domain.Code
	Source     string
	ValidFrom  string
	RuleValues map[string]int64
	Shares     []domain.Share
}

// InsertPolicy adds a policy version.
func InsertPolicy(tx *Tx, p domain.PolicyVersion) error {
	return insert(tx, []policyRow{{ID: p.ID, Name: p.Name, Region: p.Region, Source: p.Source, ValidFrom: p.ValidFrom,
		RuleValues: p.Values, Shares: p.Shares}})
}

// PolicyByID gives a policy version, or policy.not_found.
func PolicyByID(tx *Tx, id string) (domain.PolicyVersion, error) {
	p, err := one[policyRow](tx, domain.NotFound("policy", id), `SELECT * FROM policy_version WHERE id = ?id`, idArgs{id})
	return domain.PolicyVersion{ID: p.ID, Name: p.Name, Region: p.Region, Source: p.Source, ValidFrom: p.ValidFrom,
		Values: p.RuleValues, Shares: p.Shares}, err
}

// idArgs are the arguments of a query for one thing.
type idArgs struct{ ID string }
