package intake

import (
	"context"
	"slices"

	"jieli/internal/domain"
	"jieli/internal/registry"
	"jieli/internal/store"
)

// Ready is a file that was tried and may be written.
type Ready struct {
	Report *Report
	actor  domain.Account
	wanted wanted
}

// Prepare tries the file as Try does, and keeps what its good rows ask for.
func (im *Import) Prepare(ctx context.Context, actor domain.Account, u Upload, progress func(Progress)) (*Ready, error) {
	report, wanted, err := im.run(ctx, actor, u, progress)
	if err != nil {
		return nil, err
	}
	return &Ready{report, actor, wanted}, nil
}

// Write writes a file that was prepared in the caller's transaction: all rows, or where goodOnly is set those without a fault.
// The report then says what really came of each row. The change set is what undoes it; it has no id where nothing changed.
//
// Without goodOnly a fault in any row, also one that came up since the file was tried, is KindConflict, sheet.import.refused.
// The caller's transaction has to end with any error; the report holds then too.
func (r *Ready) Write(tx *store.Tx, in Registry, reason string, goodOnly bool) (registry.ChangeSet, error) {
	if r.Report.spoiled(goodOnly) {
		return registry.ChangeSet{}, r.Report.refusal()
	}
	if len(r.wanted.changes) == 0 {
		return registry.ChangeSet{}, nil
	}
	o := registry.ApplyOptions{Origin: registry.OriginImport, Reason: reason, GoodOnly: goodOnly}
	set, outcomes, err := in.ApplyIn(tx, r.actor, r.Report.Entity, r.wanted.changes, o)
	if len(outcomes) == len(r.wanted.rows) {
		r.Report.settle(r.wanted, outcomes)
	}
	if err != nil && r.Report.spoiled(goodOnly) {
		return registry.ChangeSet{}, r.Report.refusal()
	}
	return set, err
}

// spoiled says that the report forbids to write.
func (r *Report) spoiled(goodOnly bool) bool {
	return len(r.Heads) > 0 || r.Counts.Refused > 0 && !goodOnly
}

func (r *Report) refusal() error {
	return &domain.Error{Kind: domain.KindConflict, Key: "sheet.import.refused", Params: domain.Params{"rows": r.Counts.Refused, "heads": len(r.Heads)}}
}

// settle puts what really came of the rows in place of what was foreseen: somebody else may have written in between.
func (r *Report) settle(w wanted, outcomes []registry.Outcome) {
	for i, o := range outcomes {
		row := &r.Rows[w.rows[i]]
		row.Kind, row.Key = Kind(o.Kind), o.Key
		row.Faults = slices.Clone(row.Faults[:0])
		for _, f := range o.Faults {
			row.Faults = append(row.Faults, Fault{Field: f.Field, Value: f.Value, Key: f.Key, Params: f.Params})
		}
	}
	r.Counts = Counts{}
	for _, row := range r.Rows {
		r.Counts.count(row.Kind)
	}
}
