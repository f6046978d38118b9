package store

import (
	"errors"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
)

type selectionRow struct {
	bun.BaseModel `bun:"table:selection"`
	domain.Selection
}

func (r selectionRow) selection() domain.Selection {
	r.CreatedAt, r.LockedAt = r.CreatedAt.UTC(), r.LockedAt.UTC()
	return r.Selection
}

func selectionRowOf(s domain.Selection) selectionRow {
	if s.Preferred == nil {
		s.Preferred = []string{}
	}
	return selectionRow{Selection: s}
}

// roundArgs are the arguments of most queries about a selection.
type roundArgs struct {
	Round, Cadre, Unit, ID string
	Village                domain.Code
	County                 domain.Code
	area
}

func isNotFound(err error) bool {
	var known *domain.Error
	return errors.As(err, &known) && known.Kind == domain.KindNotFound
}

var errChanged = staleError("selection.changed")

// InsertSelection adds the selection of a round that is kept, with version 1.
func InsertSelection(tx *Tx, s domain.Selection) error {
	return insert(tx, []selectionRow{selectionRowOf(s)})
}

// UpdateSelection writes a selection whose Version is one above the kept one; else KindConflict, selection.changed.
func UpdateSelection(tx *Tx, s domain.Selection) error {
	return change(tx, selectionRowOf(s), errChanged, "round = ? AND version = ?", s.Round, s.Version-1)
}

// SelectionByRound gives the selection of a round, or selection.not_found.
func SelectionByRound(tx *Tx, round string) (domain.Selection, error) {
	s, err := one[selectionRow](tx, domain.NotFound("selection", round), `SELECT * FROM selection WHERE round = ?id`, idArgs{round})
	return s.selection(), err
}

// Selections are all selections, those of the newest rounds first.
func Selections(tx *Tx) ([]domain.Selection, error) {
	rows, err := all[selectionRow](tx, `SELECT s.* FROM selection s JOIN round r ON r.id = s.round ORDER BY r.from_year DESC, r.id DESC`, idArgs{})
	return each(rows, selectionRow.selection), err
}

type quotaRow struct {
	bun.BaseModel `bun:"table:selection_quota"`
	domain.Quota
}

// InsertQuota adds the quota of a unit, with version 1.
func InsertQuota(tx *Tx, q domain.Quota) error { return insert(tx, []quotaRow{{Quota: q}}) }

// UpdateQuota writes a quota whose Version is one above the kept one; else KindConflict, selection.changed.
func UpdateQuota(tx *Tx, q domain.Quota) error {
	return change(tx, quotaRow{Quota: q}, errChanged, "round = ? AND unit = ? AND version = ?", q.Round, q.Unit, q.Version-1)
}

// QuotaState is a unit's quota with what has become of it.
type QuotaState struct {
	domain.Quota
	Name                       string
	Level                      domain.UnitLevel
	Home                       domain.Code
	Nominated, Chosen, Reserve int64 // nominated ones that were not withdrawn
}

// QuotaStates are the quotas of units whose home lies in the scope, by home and unit; unit narrows them to one unless it
// is empty.
func QuotaStates(tx *Tx, scope domain.Scope, unit, round string) ([]QuotaState, error) {
	return all[QuotaState](tx, `SELECT q.*, u.name, u.level, u.home,
			count(n.cadre) AS nominated,
			coalesce(sum(CASE WHEN n.outcome = 'chosen' THEN 1 ELSE 0 END), 0) AS chosen,
			coalesce(sum(CASE WHEN n.outcome = 'reserve' THEN 1 ELSE 0 END), 0) AS reserve
		FROM selection_quota q JOIN unit u ON u.id = q.unit
		LEFT JOIN nomination n ON n.round = q.round AND n.unit = q.unit AND n.outcome <> 'withdrawn'
		WHERE q.round = ?round AND u.home >= ?from AND u.home < ?to AND (?unit = '' OR q.unit = ?unit)
		GROUP BY q.round, q.unit, q.places, q.min_teams, q.max_teams, q.version, u.name, u.level, u.home
		ORDER BY u.home, q.unit`, roundArgs{Round: round, Unit: unit, area: areaOf(scope)})
}
