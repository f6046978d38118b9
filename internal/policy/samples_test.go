package policy_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"jieli/internal/domain"
	"jieli/internal/policy"
)

// sampled is what the reports say that a sample is drawn from. A number's words are in its quote.
type sampled struct {
	level   domain.Level
	place   string
	from    string
	numbers map[string]int64
	lists   map[string][]string
	shares  []domain.Share
	words   map[string]string // of the quote
}

var reports = map[string]sampled{
	"hunan-2021": {domain.LevelProvince, "湖南省", "2021-05-07",
		map[string]int64{"leader_min_grade_province": 6, "size_min_key": 3, "size_min_consolidated": 1, "cluster_max": 3}, nil,
		[]domain.Share{{Level: domain.UnitProvince, Attribute: "under40", Percent: 44}, {Level: domain.UnitProvince, Attribute: "division", Percent: 32},
			{Level: domain.UnitProvince, Attribute: "rural", Percent: 26, Skill: "farming"}},
		map[string]string{"leader_min_grade_province": "副处长以上", "size_min_key": "不少于3人", "size_min_consolidated": "至少选派1名", "cluster_max": "邻1—2个村"}},
	"yunnan-2021": {domain.LevelProvince, "云南省", "2021-07-15",
		map[string]int64{"max_age": 45, "size_min_key": 3, "size_min_weak": 3, "size_min_demonstration": 3, "size_min_consolidated": 3, "spouses_apart": 1},
		map[string][]string{"barred_positions": {"medical", "teacher"}}, nil,
		map[string]string{"max_age": "45周岁", "size_min_key": "不少于3人", "barred_positions": "中小学教师和县级医院医务人员", "spouses_apart": "夫妻双方"}},
	"jiangxi-2018": {domain.LevelProvince, "江西省", "2018-08-06", map[string]int64{"health_fit": 1, "presence_days_quarter": 50},
		map[string][]string{"judgement_items": {"assessment", "commitment", "style"}, "barred_positions": {"temporary", "worker"}}, nil,
		map[string]string{"presence_days_quarter": "每季度驻村不少于50天", "judgement_items": "近两年考核基本称职", "barred_positions": "临时聘用人员、工勤人员"}},
	"national-2021": {domain.LevelProvince, "全国", "2021-05-11", map[string]int64{"leader_party_member": 1, "leader_min_party_years": 1, "leader_min_work_years": 2},
		map[string][]string{"judgement_items": {"ability", "commitment", "style"}}, nil,
		map[string]string{"leader_party_member": "中共正式党员", "leader_min_party_years": "1年以上党龄", "leader_min_work_years": "2年以上工作经历"}},
	"qinghai-2024": {domain.LevelProvince, "青海省", "2024-01-01", map[string]int64{"presence_days_year": 200, "leave_township_days": 5}, nil, nil,
		map[string]string{"presence_days_year": "不少于200天", "leave_township_days": "5天以内由乡镇"}},
	"baihe-2017": {domain.LevelCounty, "陕西省白河县", "2017-01-01", map[string]int64{"presence_days_month": 20, "leave_recall_days": 30}, nil, nil,
		map[string]string{"presence_days_month": "不少于20天", "leave_recall_days": "超过30天"}},
	"zhongshan-2025": {domain.LevelCounty, "广西壮族自治区钟山县", "2025-06-17", map[string]int64{"reserve_percent": 20},
		map[string][]string{"clearance_bodies": {"agriculture", "discipline", "organisation", "police", "political_legal"}}, nil,
		map[string]string{"reserve_percent": "提名204人，实际派出170人", "clearance_bodies": "纪检监察、政法、公安"}},
}

func TestSamplesSayWhatTheirReportsSay(t *testing.T) {
	samples, err := policy.Samples()
	if err != nil {
		t.Fatal(err)
	}
	if len(samples) != len(reports) {
		t.Errorf("%d samples, %d reports", len(samples), len(reports))
	}
	for _, s := range samples {
		want, o := reports[s.Name], s.Object
		if s.Level != want.level || s.Place != want.place || o.ValidFrom != want.from || o.ValidTo != "" || o.Region != "" || o.ID != "" {
			t.Errorf("%s: %s of %s from %s", s.Name, s.Level, s.Place, o.ValidFrom)
		}
		if names := len(want.numbers) + len(want.lists); names != len(o.Values) {
			t.Errorf("%s sets %v", s.Name, slices.Sorted(maps.Keys(o.Values)))
		}
		for key, n := range want.numbers {
			if v, set := o.Values[key]; !set || v.Number != n || len(v.Items) > 0 || v.Free {
				t.Errorf("%s: %s is %+v, want %d", s.Name, key, v, n)
			}
		}
		for key, items := range want.lists {
			if v := o.Values[key]; v.Number != 0 || !slices.Equal(v.Items, items) {
				t.Errorf("%s: %s is %+v, want %v", s.Name, key, v, items)
			}
		}
		for key, words := range want.words {
			if quote := o.Values[key].Source.Quote; !strings.Contains(quote, words) {
				t.Errorf("%s: %s is told by %q, without %q", s.Name, key, quote, words)
			}
		}
		if !slices.Equal(o.Shares, want.shares) {
			t.Errorf("%s: shares %+v", s.Name, o.Shares)
		}
		if denied := strings.Contains(s.Notice, "不是") || strings.Contains(s.Notice, "未与原文核对") || strings.Contains(s.Notice, "一个县的做法"); !denied {
			t.Errorf("%s passes for law: %q", s.Name, s.Notice)
		}
	}
}

// Sources disagree on purpose, so several samples together show what merging them does: the stricter of both holds.
func TestAProvincesAndACountysSampleTogether(t *testing.T) {
	found := map[string]domain.PolicyObject{}
	samples, err := policy.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		found[s.Name] = s.Object
	}
	province, county := found["qinghai-2024"], found["baihe-2017"]
	province.ID, province.Region, county.ID, county.Region = "p", chain[0], "c", chain[2]
	e := policy.Merge(chain[2], "2024-06-01", []domain.PolicyObject{county, province})
	if e.Basis() != "p+c" {
		t.Errorf("basis %s", e.Basis())
	}
	for key, want := range map[string]int64{"presence_days_year": 200, "presence_days_month": 20, "leave_township_days": 5, "leave_recall_days": 30, "term_years": 2} {
		if got := e.Number(key); got != want {
			t.Errorf("%s is %d, want %d", key, got, want)
		}
	}
	if quote := e.Rule("presence_days_month").Value.Source.Quote; !strings.Contains(quote, "20天") {
		t.Errorf("what holds has lost its words: %q", quote)
	}
}

// Every value of a sample can be told in the comparison with the bare defaults, with its words.
func TestASampleComparedWithNothing(t *testing.T) {
	samples, err := policy.Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		d := policy.Compare(domain.PolicyObject{}, s.Object)
		if len(d.Keys) != len(s.Object.Values) || len(d.Shares) != len(s.Object.Shares) {
			t.Errorf("%s: %d keys and %d shares of %d and %d", s.Name, len(d.Keys), len(d.Shares), len(s.Object.Values), len(s.Object.Shares))
		}
		for _, one := range d.Keys {
			if one.OldSet || !one.NewSet || one.New.Source.Quote == "" || one.Old.Number != one.Default {
				t.Errorf("%s: %+v", s.Name, one)
			}
			same := one.Same(one.Old, one.New)
			if same != (one.Turn == policy.TurnText) {
				t.Errorf("%s: %s went %s from %+v to %+v", s.Name, one.Name, one.Turn, one.Old, one.New)
			}
		}
	}
}
