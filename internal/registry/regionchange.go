package registry

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"jieli/internal/access"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/registry/divisions"
	"jieli/internal/spelling"
	"jieli/internal/store"
)

// RegionRequest asks for a change of divisions, see [divisions.Request].
type RegionRequest = divisions.Request

// RegionMove is a division that changes, with its names; an empty code stands for one that begins or stays.
type RegionMove struct {
	From     domain.Code `json:"from"`
	FromName string      `json:"from_name"`
	To       domain.Code `json:"to"`
	ToName   string      `json:"to_name"`
}

// RegionFollowers are the rows of one table that follow, such as "unit" or "round_village". Names are those of units and
// rounds among them, at most 20; people are counted only.
type RegionFollowers struct {
	Table string   `json:"table"`
	Count int      `json:"count"`
	Names []string `json:"names"`
}

// RegionEffect is what a change does. Moves are the divisions of the request before those that lie in them.
type RegionEffect struct {
	Region    domain.Code       `json:"region"`
	Moves     []RegionMove      `json:"moves"`
	Followers []RegionFollowers `json:"followers"`
}

// RegionChange is a change that was made. Moves are at most the first 100 of Divisions.
type RegionChange struct {
	store.RegionChange
	RegionEffect
	Divisions int
}

// mostMoves is how many moves of a change are kept for showing.
const mostMoves = 100

// regionWork is a change that is worked out and not made.
type regionWork struct {
	plan    divisions.Plan
	effect  RegionEffect
	touches []store.RegionTouch
}

// PreviewRegionChange says what a change of divisions would do, or why it is refused; see [Service.ChangeRegion].
func (s *Service) PreviewRegionChange(ctx context.Context, actor domain.Account, r RegionRequest) (RegionEffect, error) {
	var work regionWork
	return work.effect, s.store.Read(ctx, func(tx *store.Tx) (err error) {
		work, err = workRegionChange(tx, actor, r)
		return err
	})
}

// ChangeRegion renames, upgrades, merges or splits divisions from a day on, lets live data follow, and leaves a ledger
// entry. The account's division has to hold every code, old and new: region.not_found. Faults of the request are
// KindInvalid, region_change.*; KindConflict, region_change.served_twice, where two villages of one planned round would
// become one.
func (s *Service) ChangeRegion(ctx context.Context, actor domain.Account, r RegionRequest, reason string) (RegionChange, error) {
	var made RegionChange
	return made, s.store.Write(ctx, func(tx *store.Tx) error {
		work, err := workRegionChange(tx, actor, r)
		if err != nil {
			return err
		}
		undo, err := work.apply(tx)
		if err != nil {
			return err
		}
		detail, err := jsonText(regionDetail{work.effect.shown(), len(work.effect.Moves)})
		if err != nil {
			return err
		}
		row := store.RegionChange{Kind: string(r.Kind), Region: work.plan.Region, Day: r.Day, Reason: reason, Detail: detail, Actor: actor.ID, At: tx.Now()}
		if row.Seq, err = store.InsertRegionChange(tx, row, undo); err != nil {
			return err
		}
		made = RegionChange{row, work.effect.shown(), len(work.effect.Moves)}
		return noteRegionChange(tx, actor, "region.change", made)
	})
}

// UndoRegionChange takes a change back: what followed gets its codes of before, and the divisions that ended go on.
// KindConflict: region_change.not_last, where a later change holds in the same place, which it names; touched_since, where
// a value has changed since; in_use, where something new refers to a code that would go.
func (s *Service) UndoRegionChange(ctx context.Context, actor domain.Account, seq int64) (RegionChange, error) {
	var undone RegionChange
	return undone, s.store.Write(ctx, func(tx *store.Tx) error {
		who := access.Of(actor)
		row, err := store.RegionChangeBySeq(tx, who.Scope, seq)
		if err != nil {
			return err
		}
		if d := access.Decide(who, access.ChangeRegions, row.Region.Scope()); !d.Allow {
			return forbidden(d.Reason)
		}
		if row.UndoneBy != "" {
			return regionConflict("undone_already", domain.Params{"id": seq})
		}
		if err := isLast(tx, row); err != nil {
			return err
		}
		if err := takeBack(tx, row.Seq); err != nil {
			return err
		}
		if err := store.MarkRegionChangeUndone(tx, seq, actor.ID); err != nil {
			return err
		}
		row.UndoneBy = actor.ID
		if undone, err = shownChange(row); err != nil {
			return err
		}
		return noteRegionChange(tx, actor, "region.undo", undone)
	})
}

// RegionChanges are the changes of divisions in the account's division, newest first. Each office may read them.
func (s *Service) RegionChanges(ctx context.Context, actor domain.Account, limit int) ([]RegionChange, error) {
	who := access.Of(actor)
	if d := access.Decide(who, access.ReadRegions, who.Scope); !d.Allow {
		return nil, forbidden(d.Reason)
	}
	var changes []RegionChange
	return changes, s.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := store.RegionChanges(tx, who.Scope, min(max(limit, 1), mostRows))
		for _, row := range rows {
			change, err := shownChange(row)
			if err != nil {
				return err
			}
			changes = append(changes, change)
		}
		return err
	})
}

// regionDetail is what is kept of a change for showing.
type regionDetail struct {
	RegionEffect
	Divisions int `json:"divisions"`
}

func shownChange(row store.RegionChange) (RegionChange, error) {
	var detail regionDetail
	err := json.Unmarshal([]byte(row.Detail), &detail)
	return RegionChange{row, detail.RegionEffect, detail.Divisions}, err
}

func (e RegionEffect) shown() RegionEffect {
	e.Moves = e.Moves[:min(len(e.Moves), mostMoves)]
	return e
}

func regionConflict(key string, params domain.Params) error {
	return &domain.Error{Kind: domain.KindConflict, Key: "region_change." + key, Params: params}
}

// noteRegionChange leaves a ledger entry with codes and counts.
func noteRegionChange(tx *store.Tx, actor domain.Account, action string, c RegionChange) error {
	follow := map[string]int{}
	for _, f := range c.Followers {
		follow[f.Table] = f.Count
	}
	text, err := jsonText(map[string]any{"kind": c.Kind, "day": c.Day, "divisions": c.Divisions, "first": c.Moves[0], "followers": follow})
	if err != nil {
		return err
	}
	return ledger.Record(tx, domain.LedgerEntry{Actor: actor.ID, Action: action, Subject: "region_change/" + strconv.FormatInt(c.Seq, 10),
		Region: c.RegionChange.Region, Detail: text})
}

// isLast refuses a change after which another one was made in its place.
func isLast(tx *store.Tx, row store.RegionChange) error {
	later, err := store.LaterRegionChanges(tx, row)
	if err != nil || len(later) == 0 {
		return err
	}
	next, err := shownChange(later[0])
	if err != nil {
		return err
	}
	return regionConflict("not_last", domain.Params{"id": next.Seq, "day": next.Day, "name": next.Moves[0].name()})
}

// name is what people call the division by now.
func (m RegionMove) name() string {
	if m.ToName != "" {
		return m.ToName
	}
	return m.FromName
}

func takeBack(tx *store.Tx, seq int64) error {
	undo, err := store.RegionUndoOf(tx, seq)
	if err != nil {
		return err
	}
	if err := store.Unfollow(tx, undo.Touches); err != nil {
		return err
	}
	gone, err := store.RestoreRegions(tx, undo.Ended, undo.Begun)
	if err != nil {
		return err
	}
	table, code, err := store.StillReferred(tx, gone)
	if err != nil || table == "" {
		return err
	}
	return regionConflict("in_use", domain.Params{"code": string(code), "table": table})
}

// apply makes the change, and says what would take it back.
func (w regionWork) apply(tx *store.Tx) (store.RegionUndo, error) {
	undo := store.RegionUndo{Touches: w.touches}
	for _, r := range w.plan.Ends {
		undo.Ended = append(undo.Ended, r.ID)
	}
	var err error
	if undo.Begun, err = store.ReplaceRegions(tx, undo.Ended, w.plan.Day, w.plan.Begins); err != nil {
		return undo, err
	}
	if err := store.Follow(tx, undo.Touches); err != nil {
		return undo, err
	}
	for _, r := range w.plan.Begins {
		if r.Level != domain.LevelVillage || r.Code != w.plan.Head {
			continue
		}
		names, err := store.NameTouches(tx, r.Code, r)
		if err != nil {
			return undo, err
		}
		if err := store.Follow(tx, names); err != nil {
			return undo, err
		}
		undo.Touches = slices.Concat(undo.Touches, names)
	}
	return undo, nil
}

// workRegionChange finds out what a request comes to.
func workRegionChange(tx *store.Tx, actor domain.Account, r RegionRequest) (regionWork, error) {
	who := access.Of(actor)
	if d := access.Decide(who, access.ChangeRegions, who.Scope); !d.Allow {
		return regionWork{}, forbidden(d.Reason)
	}
	for _, code := range slices.Concat(r.From, r.Parts, []domain.Code{r.Into}) {
		if code == "" && r.Kind == divisions.Rename {
			continue
		}
		if !code.Valid() || !who.Scope.Holds(code) {
			return regionWork{}, domain.NotFound("region", string(code))
		}
	}
	known, err := knownRegions(tx, r)
	if err != nil {
		return regionWork{}, err
	}
	work := regionWork{}
	if work.plan, err = divisions.Work(r, known, tx.Now(), spelling.New().Place); err != nil {
		return work, err
	}
	if region := work.plan.Region; region == "" || !access.Decide(who, access.ChangeRegions, region.Scope()).Allow {
		return work, domain.NotFound("region", string(r.Into))
	}
	if work.touches, err = touchesOf(tx, r, work.plan); err != nil {
		return work, err
	}
	work.effect, err = effectOf(tx, work)
	return work, err
}
