package intake

import (
	"context"

	"jieli/internal/domain"
)

// Accept tries the file again and writes it in one transaction: all rows, or where goodOnly is set those without a fault. The
// report says what came of each row, and the change set is what undoes it, empty where nothing changed. Without goodOnly, a
// fault in any row is KindConflict, sheet.import.refused, and nothing is written; the report comes with it.
func (im *Import) Accept(ctx context.Context, actor domain.Account, u Upload, reason string, goodOnly bool, progress func(Progress)) (*Report, string, error) {
	report, wanted, err := im.run(ctx, actor, u, progress)
	if err != nil {
		return report, "", err
	}
	if len(report.Heads) > 0 || report.Counts.Refused > 0 && !goodOnly {
		return report, "", refused(report)
	}
	if len(wanted.changes) == 0 {
		return report, "", nil
	}
	set, outcomes, err := im.Registry.Apply(ctx, actor, u.Entity, wanted.changes, reason, goodOnly)
	if err != nil {
		return report, "", err
	}
	report.settle(wanted, outcomes)
	if report.Counts.Refused > 0 && !goodOnly {
		return report, "", refused(report)
	}
	return report, set, nil
}

func refused(report *Report) error {
	return &domain.Error{Kind: domain.KindConflict, Key: "sheet.import.refused", Params: domain.Params{"rows": report.Counts.Refused, "heads": len(report.Heads)}}
}

// settle puts what really came of the rows in place of what was foreseen: somebody else may have written in between.
func (r *Report) settle(w wanted, outcomes []Outcome) {
	for i, o := range outcomes {
		row := &r.Rows[w.rows[i]]
		row.Kind, row.Key = Kind(o.Kind), o.Key
		for _, f := range o.Faults {
			row.Faults = append(row.Faults, Fault{Field: f.Field, Value: f.Value, Key: f.Key, Params: f.Params})
		}
	}
	r.Counts = Counts{}
	for _, row := range r.Rows {
		r.Counts.count(row.Kind)
	}
}
