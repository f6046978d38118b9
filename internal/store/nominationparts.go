package store

import (
	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

// The parts of a nomination are read by round, and by cadre unless it is empty: whoever may see the nomination, which is
// bounded by a scope, may see them.

type judgementRow struct {
	bun.BaseModel `bun:"table:judgement"`
	domain.Judgement
}

type clearanceRow struct {
	bun.BaseModel `bun:"table:clearance"`
	domain.Clearance
}

type interviewRow struct {
	bun.BaseModel `bun:"table:interview"`
	domain.Interview
}

type objectionRow struct {
	bun.BaseModel `bun:"table:objection"`
	domain.Objection
}

// PutJudgement keeps a person's word on a check, in place of an earlier one.
func PutJudgement(tx *Tx, j domain.Judgement) error {
	if err := DeleteJudgement(tx, j.Round, j.Cadre, j.Rule); err != nil {
		return err
	}
	return insert(tx, []judgementRow{{Judgement: j}})
}

// DeleteJudgement takes back a person's word, if there is one.
func DeleteJudgement(tx *Tx, round, cadre, rule string) error {
	_, err := tx.db.NewRaw(`DELETE FROM judgement WHERE round = ? AND cadre = ? AND rule = ?`, round, cadre, rule).Exec(tx.ctx)
	return err
}

// Judgements are those of the cadres in a round, or of all in it where no cadre is named, by cadre and rule.
func Judgements(tx *Tx, round string, cadres ...string) ([]domain.Judgement, error) {
	named := ""
	if len(cadres) > 0 {
		named = ` AND cadre IN (?wanted)`
	}
	rows, err := all[judgementRow](tx, `SELECT * FROM judgement WHERE round = ?round`+named+` ORDER BY cadre, rule`,
		nominationArgs{NominationFilter: NominationFilter{Round: round}, Wanted: bun.List(cadres)})
	return each(rows, func(r judgementRow) domain.Judgement { r.At = r.At.UTC(); return r.Judgement }), err
}

// InsertClearance adds a body's step, with version 1.
func InsertClearance(tx *Tx, c domain.Clearance) error {
	return insert(tx, []clearanceRow{{Clearance: c}})
}

// UpdateClearance writes a step whose Version is one above the kept one; else KindConflict, selection.changed.
func UpdateClearance(tx *Tx, c domain.Clearance) error {
	return change(tx, clearanceRow{Clearance: c}, errChanged, "round = ? AND cadre = ? AND body = ? AND version = ?", c.Round, c.Cadre, c.Body, c.Version-1)
}

// Clearances are the steps of a round by cadre and body.
func Clearances(tx *Tx, round, cadre string) ([]domain.Clearance, error) {
	rows, err := all[clearanceRow](tx, `SELECT * FROM clearance WHERE round = ?round AND (?cadre = '' OR cadre = ?cadre) ORDER BY cadre, body`,
		roundArgs{Round: round, Cadre: cadre})
	return each(rows, func(r clearanceRow) domain.Clearance { r.At = r.At.UTC(); return r.Clearance }), err
}

// InsertInterview adds the note of an interview.
func InsertInterview(tx *Tx, i domain.Interview) error {
	return insert(tx, []interviewRow{{Interview: i}})
}

// Interviews are the notes of a round by cadre and day.
func Interviews(tx *Tx, round, cadre string) ([]domain.Interview, error) {
	rows, err := all[interviewRow](tx, `SELECT * FROM interview WHERE round = ?round AND (?cadre = '' OR cadre = ?cadre) ORDER BY cadre, day, id`,
		roundArgs{Round: round, Cadre: cadre})
	return each(rows, func(r interviewRow) domain.Interview { r.At = r.At.UTC(); return r.Interview }), err
}

// InsertObjection adds an objection, with version 1.
func InsertObjection(tx *Tx, o domain.Objection) error {
	return insert(tx, []objectionRow{{Objection: o}})
}

// UpdateObjection writes an objection whose Version is one above the kept one; else KindConflict, selection.changed.
func UpdateObjection(tx *Tx, o domain.Objection) error {
	return change(tx, objectionRow{Objection: o}, errChanged, "id = ? AND version = ?", o.ID, o.Version-1)
}

func (r objectionRow) objection() domain.Objection {
	r.RecordedAt, r.DecidedAt = r.RecordedAt.UTC(), r.DecidedAt.UTC()
	return r.Objection
}

// Objections are those of a round by cadre, day and id.
func Objections(tx *Tx, round, cadre string) ([]domain.Objection, error) {
	rows, err := all[objectionRow](tx, `SELECT * FROM objection WHERE round = ?round AND (?cadre = '' OR cadre = ?cadre) ORDER BY cadre, day, id`,
		roundArgs{Round: round, Cadre: cadre})
	return each(rows, objectionRow.objection), err
}

// ObjectionByID gives an objection, or objection.not_found.
func ObjectionByID(tx *Tx, id string) (domain.Objection, error) {
	row, err := one[objectionRow](tx, domain.NotFound("objection", id), `SELECT * FROM objection WHERE id = ?id`, idArgs{id})
	return row.objection(), err
}

type publicityRow struct {
	bun.BaseModel `bun:"table:publicity"`
	domain.Publicity
}

// InsertPublicity adds a publication.
func InsertPublicity(tx *Tx, p domain.Publicity) error {
	if p.Cadres == nil {
		p.Cadres = []string{}
	}
	return insert(tx, []publicityRow{{Publicity: p}})
}

// Publicities are the publications of a round in their order.
func Publicities(tx *Tx, round string) ([]domain.Publicity, error) {
	rows, err := all[publicityRow](tx, `SELECT * FROM publicity WHERE round = ?round ORDER BY number`, roundArgs{Round: round})
	return each(rows, func(r publicityRow) domain.Publicity { r.At = r.At.UTC(); return r.Publicity }), err
}
