package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type policyObjectRow struct {
	bun.BaseModel `bun:"table:policy_object"`
	domain.PolicyObject
}

func (r policyObjectRow) object() domain.PolicyObject {
	r.CreatedAt, r.EnforcedAt = r.CreatedAt.UTC(), r.EnforcedAt.UTC()
	return r.PolicyObject
}

func policyObjectRowOf(o domain.PolicyObject) policyObjectRow {
	if o.Values == nil {
		o.Values = map[string]domain.PolicyValue{}
	}
	if o.Shares == nil {
		o.Shares = []domain.Share{}
	}
	return policyObjectRow{PolicyObject: o}
}

// InsertPolicyObject adds a policy object of version 1.
func InsertPolicyObject(tx *Tx, o domain.PolicyObject) error {
	return insert(tx, []policyObjectRow{policyObjectRowOf(o)})
}

// UpdatePolicyObject writes an object whose Version is one above the kept one; else KindConflict, policy.changed.
func UpdatePolicyObject(tx *Tx, o domain.PolicyObject) error {
	return change(tx, policyObjectRowOf(o), staleError("policy.changed"), "id = ? AND version = ?", o.ID, o.Version-1)
}

// DeletePolicyDraft removes a draft of the version; else KindConflict, policy.changed.
func DeletePolicyDraft(tx *Tx, id string, version int64) error {
	result, err := tx.db.NewRaw(`DELETE FROM policy_object WHERE id = ?id AND version = ?version AND status = 'draft'`,
		policyObjectArgs{ID: id, Version: version}).Exec(tx.ctx)
	if err != nil {
		return err
	}
	return touched(result, staleError("policy.changed"))
}

type policyObjectArgs struct {
	ID      string
	Version int64
	Day     string
	Path    any
	area
}

// PolicyObjectByID gives a policy object, or policy.object_not_found.
func PolicyObjectByID(tx *Tx, id string) (domain.PolicyObject, error) {
	missing := &domain.Error{Kind: domain.KindNotFound, Key: "policy.object_not_found", Params: domain.Params{"id": id}}
	o, err := one[policyObjectRow](tx, missing, `SELECT * FROM policy_object WHERE id = ?id`, idArgs{id})
	return o.object(), err
}

// PolicyObjectsAround are the objects of the division, of those above it and of those in it, upper levels first and the
// newest of each first. Rules are public within the offices, so that those above are seen from below.
func PolicyObjectsAround(tx *Tx, region domain.Code) ([]domain.PolicyObject, error) {
	if !region.Valid() {
		return nil, nil
	}
	rows, err := all[policyObjectRow](tx, `SELECT * FROM policy_object WHERE region IN (?path) OR region >= ?from AND region < ?to
		ORDER BY region, valid_from DESC, id`, policyObjectArgs{Path: bun.List(ancestors(region)), area: areaOf(region.Scope())})
	return each(rows, policyObjectRow.object), err
}

// PolicyObjectsFor are the objects that bind the division on the day: at most one a level, upper levels first.
func PolicyObjectsFor(tx *Tx, region domain.Code, day string) ([]domain.PolicyObject, error) {
	if !region.Valid() {
		return nil, nil
	}
	rows, err := all[policyObjectRow](tx, `SELECT * FROM policy_object WHERE region IN (?path) AND status <> 'draft'
		AND valid_from <= ?day AND (valid_to = '' OR valid_to > ?day) ORDER BY region`, policyObjectArgs{Path: bun.List(ancestors(region)), Day: day})
	return each(rows, policyObjectRow.object), err
}

// PolicyObjectInForce is the newest object of the division that is in force, and false where there is none.
func PolicyObjectInForce(tx *Tx, region domain.Code) (domain.PolicyObject, bool, error) {
	rows, err := all[policyObjectRow](tx, `SELECT * FROM policy_object WHERE region = ?id AND status = 'in_force'
		ORDER BY valid_from DESC LIMIT 1`, idArgs{string(region)})
	if err != nil || len(rows) == 0 {
		return domain.PolicyObject{}, false, err
	}
	return rows[0].object(), true, nil
}

// EnsurePolicy adds a policy version unless there is one with its id.
func EnsurePolicy(tx *Tx, p domain.PolicyVersion) error {
	_, err := PolicyByID(tx, p.ID)
	if isNotFound(err) {
		return InsertPolicy(tx, p)
	}
	return err
}
