package divisions_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"jieli/internal/demo/divisions"
	"jieli/internal/demo/outline"
	"jieli/internal/domain"

	"pgregory.net/rapid"
)

func real(t testing.TB) divisions.Examples {
	t.Helper()
	examples, err := divisions.Read(os.DirFS("../../../examples/hunan"))
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

func TestTheRealFilesAreWhole(t *testing.T) {
	examples := real(t)
	levels, kinds, poor := map[domain.Level]int{}, map[domain.RegionKind]int{}, 0
	for _, d := range examples.Divisions {
		levels[d.Level]++
		kinds[d.Kind]++
	}
	for _, c := range examples.Counties {
		if c.FormerlyPoor {
			poor++
		}
	}
	for level, want := range map[domain.Level]int{
		domain.LevelProvince: 1, domain.LevelCity: 14, domain.LevelCounty: 134, domain.LevelTownship: 2008, domain.LevelVillage: 29534,
	} {
		if levels[level] != want {
			t.Errorf("%d of level %s, want %d", levels[level], level, want)
		}
	}
	if kinds[domain.KindVillageCommittee] != 23594 || kinds[domain.KindStatisticalZone] != 12 || kinds[domain.KindEnterpriseUnit] != 60 {
		t.Errorf("kinds %v", kinds)
	}
	if len(examples.Counties) != 122 || poor != 50 {
		t.Errorf("%d counties, %d formerly poor with a border", len(examples.Counties), poor)
	}
}

func TestTheRealBordersDissolveIntoTheProvince(t *testing.T) {
	var borders []outline.Shape
	sum := 0.0
	for _, c := range real(t).Counties {
		borders = append(borders, c.Border)
		sum += c.Border.SignedArea()
	}
	province, err := outline.Dissolve(borders...)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(province.SignedArea()-sum) > 1e-9 {
		t.Errorf("area %v, counties together %v", province.SignedArea(), sum)
	}
	if len(province) != 3 { // the source has two slips of land of border counties outside the whole
		t.Errorf("%d polygons", len(province))
	}
	largest := 0.0
	for _, polygon := range province {
		if len(polygon) != 1 {
			t.Errorf("%d holes", len(polygon)-1)
		}
		largest = max(largest, polygon[0].SignedArea())
	}
	if largest < 0.9999*sum {
		t.Errorf("the largest polygon has %v of %v", largest, sum)
	}
}

func TestShortVillageNamesAreUniqueInTheirTownship(t *testing.T) {
	seen := map[string]domain.Code{}
	communities := 0
	for _, d := range real(t).Divisions {
		if d.Kind != domain.KindVillageCommittee {
			continue
		}
		if divisions.CommunityName(d.Name) {
			communities++
			continue
		}
		name := divisions.VillageName(d.Name)
		if !strings.HasSuffix(name, "村") && !strings.HasSuffix(name, "社区") || strings.Contains(name, "委会") {
			t.Errorf("%s became %s", d.Name, name)
		}
		key := string(d.Parent) + name
		if seen[key] != "" {
			t.Errorf("%s is %s and %s", name, seen[key], d.Code)
		}
		seen[key] = d.Code
	}
	if communities != 8 {
		t.Errorf("%d rows carry the name of a community, want 8", communities)
	}
}

func TestVillageName(t *testing.T) {
	for name, want := range map[string]string{
		"十八洞村": "十八洞村", "甘溪村村委会": "甘溪村", "甘溪村委会": "甘溪村", "大溪村民委员会": "大溪村", "大溪村村民委员会": "大溪村",
		"罗巷新村村民委委会": "罗巷新村", "桂花村季会": "桂花村", "吉家冲村村委会会": "吉家冲村", "桃源社区村委会": "桃源社区", "村委会": "村委会",
	} {
		if got := divisions.VillageName(name); got != want {
			t.Errorf("%s became %s, want %s", name, got, want)
		}
	}
}

// Shortening a name twice is shortening it once, and every way of writing a village comes to the same name.
func TestShortNamesAreSettled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.StringMatching(`[山水田石杨李][家溪冲坪塘]`).Draw(t, "stem")
		for _, ending := range []string{"村", "村委会", "村村委会", "村民委员会", "村村民委员会", "村委会会", "村村民委委会"} {
			short := divisions.VillageName(stem + ending)
			if short != stem+"村" || divisions.VillageName(short) != short {
				t.Fatalf("%s became %s", stem+ending, short)
			}
		}
	})
}
