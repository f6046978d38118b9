package demo

import (
	"errors"
	"testing"

	"jieli/internal/demo/divisions"
	"jieli/internal/demo/outline"
	"jieli/internal/domain"
	"jieli/internal/spelling"
)

func TestShortNames(t *testing.T) {
	for name, want := range map[string]string{
		"沅陵县": "沅陵县", "靖州苗族侗族自治县": "靖州县", "城步苗族自治县": "城步县", "江华瑶族自治县": "江华县", "新晃侗族自治县": "新晃县",
		"湘西土家族苗族自治州": "湘西州", "怀化市": "怀化市", "麻塘侗族苗族乡": "麻塘侗族苗族乡", "族": "族",
	} {
		if got := shortName(name); got != want {
			t.Errorf("%s is short for %s, want %s", got, name, want)
		}
	}
}

func TestRegionsCarryShortVillageNames(t *testing.T) {
	got := regions(divisions.Examples{Divisions: []divisions.Division{
		{Code: "431222000000", Name: "沅陵县", Level: domain.LevelCounty, Parent: "431200000000", Kind: "county"},
		{Code: "431222100201", Name: "太常村村民委员会", Level: domain.LevelVillage, Parent: "431222100000", Kind: domain.KindVillageCommittee},
		{Code: "431222100001", Name: "城南居委会", Level: domain.LevelVillage, Parent: "431222100000", Kind: "resident_committee"},
	}}, spelling.New())
	for i, want := range []struct{ name, pinyin, initials string }{
		{"沅陵县", "yuanlingxian", "ylx"}, {"太常村", "taichangcun", "tcc"}, {"城南居委会", "chengnanjuweihui", "cnjwh"},
	} {
		r := got[i]
		if r.Name != want.name || r.Pinyin != want.pinyin || r.Initials != want.initials || r.ID != int64(i+1) || !r.ValidFrom.Equal(dataDay) {
			t.Errorf("region %+v", r)
		}
	}
}

func TestOutlinesOfTwoCounties(t *testing.T) {
	a, _ := box(0, 0, 0)
	b, _ := box(1, 0, 0)
	all, err := outlines(divisions.Examples{Counties: []divisions.County{a, b}})
	if err != nil {
		t.Fatal(err)
	}
	var codes []domain.Code
	for _, o := range all {
		codes = append(codes, o.Code)
	}
	want := []domain.Code{Province, "431200000000", a.Code, b.Code}
	if len(codes) != 4 || codes[0] != want[0] || codes[1] != want[1] || codes[2] != want[2] || codes[3] != want[3] {
		t.Errorf("outlines of %v, want %v", codes, want)
	}
	if string(all[0].Geometry) != string(all[1].Geometry) || all[0].Inner != a.Inner && all[0].Inner != b.Inner {
		t.Errorf("province %s, its only city %s", all[0].Geometry, all[1].Geometry)
	}
}

func TestBordersThatDoNotFitAreTold(t *testing.T) {
	a, _ := box(0, 0, 0)
	a.Border = outline.Shape{{a.Border[0][0][:3]}}
	_, err := outlines(divisions.Examples{Counties: []divisions.County{a}})
	var told *domain.Error
	if !errors.As(err, &told) || told.Key != "demo.borders_do_not_fit" || !errors.Is(err, outline.ErrOpenRing) {
		t.Errorf("got %v", err)
	}
}
