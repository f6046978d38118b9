package catalogue_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"jieli/internal/i18n"
	"jieli/internal/registry/catalogue"
)

func TestEveryFieldAndOptionHasItsWords(t *testing.T) {
	texts, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"zh-CN", "en"} {
		p := texts.Printer(language)
		want := func(key string) {
			if p.Text(key, nil) == key {
				t.Errorf("%s: no text for %s", language, key)
			}
		}
		for _, s := range catalogue.All() {
			want("registry.entity." + string(s.Entity))
			labels := map[string]string{}
			for _, f := range s.Fields {
				key := "field." + string(s.Entity) + "." + f.Key
				want(key)
				want(key + ".note")
				if other := labels[p.Text(key, nil)]; other != "" {
					t.Errorf("%s: %s and %s have one label", language, other, key)
				}
				labels[p.Text(key, nil)] = key
				for _, o := range f.Options {
					want("option." + string(s.Entity) + "." + f.Key + "." + o.Value)
				}
			}
		}
	}
}

func TestSpecsHoldTogether(t *testing.T) {
	for _, s := range catalogue.All() {
		same, ok := catalogue.Of(s.Entity)
		if !ok || len(same.Fields) != len(s.Fields) {
			t.Errorf("%s is not found by its name", s.Entity)
		}
		if _, ok := s.Field(s.Key); !ok {
			t.Errorf("%s has no field %s", s.Entity, s.Key)
		}
		seen, shown := map[string]bool{}, 0
		for _, f := range s.Fields {
			if seen[f.Key] {
				t.Errorf("%s.%s twice", s.Entity, f.Key)
			}
			seen[f.Key] = true
			if f.Default {
				shown++
			}
			choice := f.Type == catalogue.Choice || f.Type == catalogue.Choices
			if choice != (len(f.Options) > 0) || f.Masked != (f.Type == catalogue.Secret) || f.Masked && f.Sortable {
				t.Errorf("%s.%s: %+v", s.Entity, f.Key, f)
			}
		}
		if shown == 0 {
			t.Errorf("%s shows no column", s.Entity)
		}
	}
	if _, ok := catalogue.Of("team"); ok {
		t.Error("there is no table of teams")
	}
}

// read is Check of one value.
func read(t *testing.T, e catalogue.Entity, field, written string) (string, string) {
	t.Helper()
	s, _ := catalogue.Of(e)
	values, faults := s.Check(map[string]string{field: written}, labels)
	if len(faults) > 1 {
		t.Fatalf("%+v", faults)
	}
	if len(faults) == 1 {
		if _, has := values[field]; has {
			t.Errorf("%s %q is in the answer though it is wrong", field, written)
		}
		return "", faults[0].Key
	}
	return values[field], ""
}

func labels(e catalogue.Entity, f catalogue.Field, label string) (string, bool) {
	known := map[string]string{"cadre.sex.女": "2", "village.categories.重点帮扶村": "key", "cadre.politics.中共党员": "01"}
	value, ok := known[string(e)+"."+f.Key+"."+label]
	return value, ok
}

func TestWhatPeopleWriteIsRead(t *testing.T) {
	for _, c := range []struct {
		entity               catalogue.Entity
		field, written, want string
	}{
		{catalogue.Cadre, "name", "  张　三 \n", "张 三"}, {catalogue.Unit, "name", "中国银行（湖南）", "中国银行（湖南）"},
		{catalogue.Cadre, "sex", "女", "2"}, {catalogue.Cadre, "sex", "１", "1"}, {catalogue.Cadre, "politics", "1", "01"}, {catalogue.Cadre, "politics", "中共党员", "01"},
		{catalogue.Cadre, "birth_date", "1988.8.8", "1988-08-08"}, {catalogue.Cadre, "birth_date", "1988年08月8日", "1988-08-08"}, {catalogue.Cadre, "birth_date", "１９８８/8/8", "1988-08-08"},
		{catalogue.Cadre, "birth_date", "19880808", "1988-08-08"}, {catalogue.Cadre, "birth_date", "1988-08-08 00:00:00", "1988-08-08"},
		{catalogue.Cadre, "work_date", "2010.07", "2010-07-01"}, {catalogue.Cadre, "party_date", "2010年7月", "2010-07-01"},
		{catalogue.Cadre, "rural_years", "3.0", "3"}, {catalogue.Village, "collective_income", "１,200,000", "1200000"}, {catalogue.Cadre, "skill_farming", "０８０", "80"},
		{catalogue.Cadre, "young_pool", "是", "1"}, {catalogue.Cadre, "young_pool", "×", "0"}, {catalogue.Cadre, "mid_level", "TRUE", "1"}, {catalogue.Cadre, "mid_level", "", ""},
		{catalogue.Cadre, "native", "430121", "430121000000"}, {catalogue.Cadre, "native", "430121100000", "430121100000"},
		{catalogue.Village, "categories", "weak；重点帮扶村、weak", "key;weak"}, {catalogue.Village, "neighbours", "430121100203, 430121100202", "430121100202;430121100203"},
		{catalogue.Cadre, "id_number", "11010519491231002x", "11010519491231002X"}, {catalogue.Cadre, "phone", "138 0013 8000", "13800138000"},
		{catalogue.Cadre, "id_number", "****************2X", "****************2X"},
		{catalogue.Unit, "uscc", "91350100m000100y43", "91350100M000100Y43"}, {catalogue.Village, "lon", "１１２.93", "112.93"}, {catalogue.Unit, "joins", "U000001", "U000001"},
	} {
		got, fault := read(t, c.entity, c.field, c.written)
		if got != c.want || fault != "" {
			t.Errorf("%s %q: %q %s, want %q", c.field, c.written, got, fault, c.want)
		}
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	for _, c := range []struct {
		entity               catalogue.Entity
		field, written, want string
	}{
		{catalogue.Cadre, "name", " ", "registry.required"}, {catalogue.Cadre, "name", strings.Repeat("长", 51), "registry.too_long"}, {catalogue.Cadre, "name", "张\x01三", "registry.bad_character"},
		{catalogue.Cadre, "name", "\xff", "registry.bad_character"}, {catalogue.Cadre, "sex", "男人", "registry.not_option"},
		{catalogue.Cadre, "birth_date", "1988-02-30", "registry.not_date"}, {catalogue.Cadre, "birth_date", "32401", "registry.not_date"}, {catalogue.Cadre, "birth_date", "1988.08", "registry.day_missing"},
		{catalogue.Cadre, "birth_date", "1888-08-08", "registry.year_out_of_range"}, {catalogue.Cadre, "rural_years", "三年", "registry.not_integer"}, {catalogue.Cadre, "rural_years", "2.5", "registry.not_integer"},
		{catalogue.Cadre, "skill_farming", "101", "registry.out_of_range"}, {catalogue.Cadre, "terms", "-1", "registry.out_of_range"}, {catalogue.Cadre, "young_pool", "也许", "registry.not_boolean"},
		{catalogue.Cadre, "native", "4.30121E+11", "registry.not_region"}, {catalogue.Village, "code", "430121", "registry.not_code"}, {catalogue.Village, "neighbours", "430121100000", "registry.not_village"},
		{catalogue.Cadre, "id_number", "110105194912310021", "registry.bad_id_number"}, {catalogue.Cadre, "id_number", "110105491231002", "registry.bad_id_number"}, {catalogue.Cadre, "phone", "手机", "registry.bad_phone"},
		{catalogue.Unit, "uscc", "91350100M000100Y44", "registry.bad_credit_code"}, {catalogue.Unit, "id", "-x", "registry.not_id"}, {catalogue.Village, "lat", "91", "registry.not_degrees"}, {catalogue.Village, "lat", "28e0", "registry.not_degrees"},
	} {
		if got, fault := read(t, c.entity, c.field, c.written); fault != c.want {
			t.Errorf("%s %q: %q %s, want %s", c.field, c.written, got, fault, c.want)
		}
	}
}

func TestASecretIsNeverRepeated(t *testing.T) {
	s, _ := catalogue.Of(catalogue.Cadre)
	_, faults := s.Check(map[string]string{"id_number": "430102198808080000", "phone": "tel 12345"}, nil)
	if len(faults) != 2 {
		t.Fatalf("%+v", faults)
	}
	for _, f := range faults {
		if f.Value != "" || f.Params["value"] != "" {
			t.Errorf("%+v", f)
		}
	}
}

func TestReadOnlyFieldsAreLeftOutAndUnknownOnesNamed(t *testing.T) {
	s, _ := catalogue.Of(catalogue.Village)
	values, faults := s.Check(map[string]string{"name": "和平村", "teams": "x", "households": "5", "zz": "1", "aa": "2"}, nil)
	if !maps.Equal(values, map[string]string{"households": "5"}) || len(faults) != 2 || faults[0].Field != "aa" || faults[1].Key != "registry.unknown_field" {
		t.Errorf("%v %+v", values, faults)
	}
}

func TestWhatDoesNotFitTogether(t *testing.T) {
	cadre := map[string]string{"id_number": "11010519491231002X", "birth_date": "1949-12-31", "sex": "2", "politics": "01"}
	village := map[string]string{"code": "430121100201", "households": "300", "population": "1000"}
	for name, c := range map[string]struct {
		entity catalogue.Entity
		base   map[string]string
		with   map[string]string
		want   string
	}{
		"right":                {catalogue.Cadre, cadre, map[string]string{"work_date": "1970-01-01", "party_date": "1968-01-01", "ladder": "civil", "grade_rank": "clerk_1"}, ""},
		"birth":                {catalogue.Cadre, cadre, map[string]string{"birth_date": "1949-12-30"}, "birth_date:registry.birth_differs_from_id"},
		"sex":                  {catalogue.Cadre, cadre, map[string]string{"sex": "1"}, "sex:registry.sex_differs_from_id"},
		"ladder":               {catalogue.Cadre, cadre, map[string]string{"ladder": "firm", "grade_rank": "clerk_1"}, "grade_rank:registry.grade_off_ladder"},
		"no ladder":            {catalogue.Cadre, cadre, map[string]string{"grade_rank": "clerk_1"}, "grade_rank:registry.grade_off_ladder"},
		"works as a child":     {catalogue.Cadre, cadre, map[string]string{"work_date": "1963-11-01"}, "work_date:registry.works_too_young"},
		"works in that month":  {catalogue.Cadre, cadre, map[string]string{"work_date": "1963-12-01"}, ""},
		"party as a child":     {catalogue.Cadre, cadre, map[string]string{"party_date": "1967-11-01"}, "party_date:registry.party_too_young"},
		"party of nobody":      {catalogue.Cadre, cadre, map[string]string{"party_date": "1970-11-01", "politics": "13"}, "party_date:registry.party_date_of_nobody"},
		"ends first":           {catalogue.Cadre, cadre, map[string]string{"valid_from": "2021-05-01", "valid_to": "2021-05-01"}, "valid_to:registry.ends_before_it_begins"},
		"joins itself":         {catalogue.Unit, map[string]string{"id": "U1"}, map[string]string{"joins": "U1"}, "joins:registry.joins_itself"},
		"more poor than all":   {catalogue.Village, village, map[string]string{"poor_households": "301"}, "poor_households:registry.part_above_whole"},
		"all poor":             {catalogue.Village, village, map[string]string{"poor_households": "300"}, ""},
		"half a place":         {catalogue.Village, village, map[string]string{"lon": "112.9"}, "lat:registry.half_a_place"},
		"its own neighbour":    {catalogue.Village, village, map[string]string{"neighbours": "430121100200;430121100201"}, "neighbours:registry.own_neighbour"},
		"party members of air": {catalogue.Village, village, map[string]string{"party_members": "1001"}, "party_members:registry.part_above_whole"},
	} {
		values := maps.Clone(c.base)
		maps.Copy(values, c.with)
		s, _ := catalogue.Of(c.entity)
		var got []string
		for _, f := range s.Together(values) {
			got = append(got, f.Field+":"+f.Key)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func TestMissingNamesRequiredFieldsOnly(t *testing.T) {
	s, _ := catalogue.Of(catalogue.Unit)
	var got []string
	for _, f := range s.Missing(map[string]string{"name": "局"}) {
		got = append(got, f.Field)
	}
	if !slices.Equal(got, []string{"level", "kind", "home"}) {
		t.Error(got)
	}
}

func TestOrderOfRank(t *testing.T) {
	for _, c := range []struct {
		ladder, post, grade string
		want                int
	}{
		{"civil", "132", "", 6}, {"civil", "142", "counsel_4", 6}, {"civil", "131", "counsel_4", 7}, {"civil", "", "inspector_1", 9},
		{"institution", "", "232", 6}, {"institution", "150", "title_associate", 5}, {"firm", "", "firm_chief", 7}, {"firm", "", "counsel_1", 1},
		{"", "", "", 1}, {"", "101", "", 12}, {"civil", "199", "", 1},
	} {
		if got := catalogue.Order(c.ladder, c.post, c.grade); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

// Every place of the order can be held, and a higher line of the standard's table never stands lower.
func TestTheOrderIsCompleteAndFalls(t *testing.T) {
	s, _ := catalogue.Of(catalogue.Cadre)
	f, _ := s.Field("position_rank")
	last, held := 13, map[int]bool{}
	for _, o := range f.Options {
		n := catalogue.Order("", o.Value, "")
		if n > last {
			t.Errorf("%s stands at %d after %d", o.Value, n, last)
		}
		last, held[n] = n, true
	}
	for n := 1; n <= 12; n++ {
		if !held[n] {
			t.Errorf("nobody can be at %d", n)
		}
	}
}

func TestCheckCharacters(t *testing.T) {
	id, ok := catalogue.ReadIDNumber("11010519491231002X")
	if !ok || id != (catalogue.IDNumber{Area: "110105", BirthDate: "1949-12-31", Sex: "2"}) {
		t.Errorf("%+v", id)
	}
	if _, ok := catalogue.ReadIDNumber("110105194913310023"); ok {
		t.Error("a thirteenth month")
	}
	for code, want := range map[string]bool{"91350100M000100Y43": true, "91350100M000100Y4": false, "9135O100M000100Y43": false, "91350100M000100Y34": false} {
		if catalogue.CreditCode(code) != want {
			t.Error(code)
		}
	}
	for plain, want := range map[string]string{"": "", "12": "**", "11010519491231002X": "****************2X"} {
		if got := catalogue.Mask("id_number", plain); got != want {
			t.Errorf("%q: %q", plain, got)
		}
	}
}
