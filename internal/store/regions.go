package store

import (
	"time"

	"github.com/uptrace/bun"

	"jieli/internal/domain"
	"jieli/internal/store/query"
)

type regionRow struct {
	bun.BaseModel `bun:"table:region"`

	ID        int64 `bun:",pk"`
	Code      domain.Code
	Parent    domain.Code
	Level     domain.Level
	Kind      domain.RegionKind
	Name      string
	Initials  string
	Pinyin    string
	ValidFrom time.Time
	ValidTo   time.Time `bun:",nullzero"`
}

func (r regionRow) region() domain.Region {
	to := r.ValidTo
	if !to.IsZero() {
		to = to.UTC()
	}
	return domain.Region{ID: r.ID, Code: r.Code, Parent: r.Parent, Level: r.Level, Kind: r.Kind, Name: r.Name,
		Initials: r.Initials, Pinyin: r.Pinyin, ValidFrom: r.ValidFrom.UTC(), ValidTo: to}
}

// InsertRegions adds divisions.
func InsertRegions(tx *Tx, rs []domain.Region) error {
	rows := each(rs, func(r domain.Region) regionRow {
		return regionRow{ID: r.ID, Code: r.Code, Parent: r.Parent, Level: r.Level, Kind: r.Kind, Name: r.Name,
			Initials: r.Initials, Pinyin: r.Pinyin, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo}
	})
	return inOrder(
		func() error { return insert(tx, rows) },
		func() error { return analyze(tx, "region") },
	)
}

type regionArgs struct {
	area
	Code  domain.Code
	Codes any
	Now   time.Time
	query.Search
	Limit int
}

func regions(tx *Tx, query string, args regionArgs) ([]domain.Region, error) {
	args.Now = tx.now
	rows, err := all[regionRow](tx, query, args)
	return each(rows, regionRow.region), err
}

// RegionByCode is the division that is valid now; region.not_found where the scope does not hold it.
func RegionByCode(tx *Tx, scope domain.Scope, code domain.Code) (domain.Region, error) {
	found, err := regions(tx, `SELECT * FROM region WHERE code = ?code AND code >= ?from AND code < ?to AND`+query.ValidNow,
		regionArgs{area: areaOf(scope), Code: code})
	if err != nil {
		return domain.Region{}, err
	}
	if len(found) == 0 {
		return domain.Region{}, domain.NotFound("region", string(code))
	}
	return found[0], nil
}

// RegionPath is the way down from the province to the division itself, region.not_found for an unknown code. It takes no
// scope: everybody may know in which city a county lies.
func RegionPath(tx *Tx, code domain.Code) ([]domain.Region, error) {
	if !code.Valid() {
		return nil, domain.NotFound("region", string(code))
	}
	path, err := regions(tx, `SELECT * FROM region WHERE code IN (?codes) AND`+query.ValidNow+`ORDER BY code`, regionArgs{Codes: bun.List(ancestors(code))})
	if err != nil {
		return nil, err
	}
	if len(path) == 0 || path[len(path)-1].Code != code {
		return nil, domain.NotFound("region", string(code))
	}
	return path, nil
}

// ancestors are the codes from the province down to the code itself, which all differ.
func ancestors(code domain.Code) []domain.Code {
	var path []domain.Code
	for level := domain.LevelProvince; ; level = level.Below() {
		path = append(path, code.At(level))
		if level == code.Level() {
			return path
		}
	}
}

// ChildRegions are the valid divisions right under parent, by code.
func ChildRegions(tx *Tx, scope domain.Scope, parent domain.Code) ([]domain.Region, error) {
	return regions(tx, `SELECT * FROM region WHERE parent = ?code AND code >= ?from AND code < ?to AND`+query.ValidNow+`ORDER BY code`,
		regionArgs{area: areaOf(scope), Code: parent})
}

// SearchRegions finds valid divisions by a part of the name or the beginning of the pinyin, of its initials or of the
// code: those of that very name first, then the higher levels, then by code.
func SearchRegions(tx *Tx, scope domain.Scope, q string, limit int) ([]domain.Region, error) {
	s, ok := query.SearchFor(q)
	if !ok || limit <= 0 {
		return nil, nil
	}
	return regions(tx, `
		SELECT * FROM region
		WHERE id IN (SELECT id FROM region WHERE`+query.NamePart+`
			UNION ALL SELECT id FROM region WHERE initials >= ?letters AND initials < ?letters_end
			UNION ALL SELECT id FROM region WHERE pinyin >= ?letters AND pinyin < ?letters_end
			UNION ALL SELECT id FROM region WHERE code >= ?code_from AND code < ?code_to)
		AND code >= ?from AND code < ?to AND`+query.ValidNow+`
		ORDER BY CASE WHEN lower(name) = ?exact THEN 0 ELSE 1 END,
			CASE level WHEN 'province' THEN 0 WHEN 'city' THEN 1 WHEN 'county' THEN 2 WHEN 'township' THEN 3 ELSE 4 END, code
		LIMIT ?limit`, regionArgs{area: areaOf(scope), Search: s, Limit: limit})
}

// regionNames are the newest names of the codes; they hold for decisions of any day.
func regionNames(tx *Tx, codes []domain.Code) (map[domain.Code]string, error) {
	names := map[domain.Code]string{}
	if len(codes) == 0 {
		return names, nil
	}
	rows, err := all[struct {
		Code domain.Code
		Name string
	}](tx, `SELECT code, name FROM region WHERE code IN (?codes) ORDER BY code, valid_from`, regionArgs{Codes: bun.List(codes)})
	for _, r := range rows {
		names[r.Code] = r.Name
	}
	return names, err
}

// RegionsByCode are the divisions of the codes that are valid now, by code. It takes no scope: that a place exists, and
// its name, may be known.
func RegionsByCode(tx *Tx, codes []string) (map[string]domain.Region, error) {
	found := make(map[string]domain.Region, len(codes))
	for len(codes) > 0 {
		part := codes[:min(len(codes), 1000)]
		codes = codes[len(part):]
		some, err := regions(tx, `SELECT * FROM region WHERE code IN (?codes) AND`+query.ValidNow+`ORDER BY code`, regionArgs{Codes: bun.List(part)})
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			found[string(r.Code)] = r
		}
	}
	return found, nil
}
