package divisions_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"jieli/internal/demo/divisions"
	"jieli/internal/domain"
)

const (
	smallDivisions = "code,name,level,parent_code,kind\n" +
		"430000000000,湖南省,province,,province\n" +
		"431200000000,怀化市,city,430000000000,prefecture_city\n" +
		"431222000000,沅陵县,county,431200000000,county\n" +
		"431222100000,沅陵镇,township,431222000000,town\n" +
		"431222100201,太常村,village,431222100000,village_committee\n"
	smallCounties = "county_code,name,city,kind,formerly_poor,delisted_year,national_priority_poverty_county," +
		"national_key_revitalisation_county,has_polygon,townships,village_committees,resident_committees,source_formerly_poor\n" +
		"431222,沅陵县,怀化市,county,y,2019,y,n,y,1,1,0,\n"
	smallOutlines = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"431222","name":"沅陵县","inner":[110.5,28.5],"seat":[110.4,28.5]},
 "geometry":{"type":"Polygon","coordinates":[[[110,28],[111,28],[111,29],[110,29],[110,28]]]}}
]}`
)

func pack(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.Bytes()
}

func folder(divisionsText, outlinesText, countiesText string) fstest.MapFS {
	return fstest.MapFS{
		divisions.DivisionsFile: {Data: pack(divisionsText)},
		divisions.OutlinesFile:  {Data: pack(outlinesText)},
		divisions.CountiesFile:  {Data: []byte(countiesText)},
	}
}

func TestTheSmallFolderIsRead(t *testing.T) {
	got, err := divisions.Read(folder(smallDivisions, smallOutlines, smallCounties))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Divisions) != 5 || len(got.Counties) != 1 || !got.Counties[0].FormerlyPoor || got.Counties[0].Code != "431222000000" {
		t.Fatalf("read %+v", got)
	}
}

// Each case breaks one thing in the small folder, and is to be told with its place.
func TestBrokenFilesAreTold(t *testing.T) {
	for name, c := range map[string]struct {
		file, from, to string
		key, field     string
	}{
		"header":          {"d", "parent_code", "parent", "demo.expect.column", "hunan-divisions.csv.gz:1:17"},
		"short row":       {"d", ",prefecture_city", "", "demo.expect.csv_row", "hunan-divisions.csv.gz:3:1"},
		"quote":           {"d", "怀化市", `怀"化市`, "demo.expect.csv_row", "hunan-divisions.csv.gz:3:17"},
		"letters in code": {"d", "431222100201", "43122210020x", "demo.expect.code", "hunan-divisions.csv.gz:6:1"},
		"blank name":      {"d", "太常村", " ", "demo.expect.name", "hunan-divisions.csv.gz:6:14"},
		"wrong level":     {"d", "沅陵镇,township", "沅陵镇,village", "demo.expect.level_of_code", "hunan-divisions.csv.gz:5:24"},
		"wrong parent":    {"d", "village,431222100000", "village,431222000000", "demo.expect.parent_of_code", "hunan-divisions.csv.gz:6:32"},
		"unknown kind":    {"d", "village_committee", "hamlet", "demo.expect.kind", "hunan-divisions.csv.gz:6:45"},
		"no parent":       {"d", "431222100000,沅陵镇,township,431222000000,town\n", "", "demo.expect.parent_before", "hunan-divisions.csv.gz:5:32"},
		"twice": {"d", "431222100201,太常村,village,431222100000,village_committee\n",
			strings.Repeat("431222100201,太常村,village,431222100000,village_committee\n", 2), "demo.expect.code_once", "hunan-divisions.csv.gz:7:1"},
		"no border":        {"d", "431222100000,", "431223000000,辰溪县,county,431200000000,county\n431222100000,", "demo.expect.outline_of_every_county", "hunan-counties.geojson.gz:0:0"},
		"not JSON":         {"o", `"features":[`, `"features":(`, "demo.expect.feature_collection", "hunan-counties.geojson.gz:1:41"},
		"open ring":        {"o", ",[110,28]]]", "]]", "demo.expect.border", "hunan-counties.geojson.gz:2:1"},
		"wrong turn":       {"o", "[111,28],[111,29],[110,29]", "[110,29],[111,29],[111,28]", "demo.expect.border", "hunan-counties.geojson.gz:2:1"},
		"point geometry":   {"o", `"Polygon"`, `"Point"`, "demo.expect.border", "hunan-counties.geojson.gz:2:1"},
		"off the globe":    {"o", "[111,28],[111,29]", "[191,28],[191,29]", "demo.expect.border", "hunan-counties.geojson.gz:2:1"},
		"outside point":    {"o", "[110.5,28.5]", "[1,2]", "demo.expect.inner_point", "hunan-counties.geojson.gz:2:1"},
		"outside seat":     {"o", "[110.4,28.5]", "[1,2]", "demo.expect.inner_point", "hunan-counties.geojson.gz:2:1"},
		"city code":        {"o", `"code":"431222"`, `"code":"4312"`, "demo.expect.county_code", "hunan-counties.geojson.gz:2:1"},
		"feature no map":   {"o", `"properties":{`, `"properties":7,"x":{`, "demo.expect.feature", "hunan-counties.geojson.gz:2:1"},
		"unknown outlined": {"o", `"code":"431222"`, `"code":"431223"`, "demo.expect.outline_of_known_county", "hunan-counties.geojson.gz:0:0"},
		"neither y nor n":  {"c", ",y,2019", ",maybe,2019", "demo.expect.yes_or_no", "hunan-county-lists.csv:2:35"},
		"county twice":     {"c", "431222,沅陵县,怀化市,county,y,2019,y,n,y,1,1,0,\n", strings.Repeat("431222,沅陵县,怀化市,county,y,2019,y,n,y,1,1,0,\n", 2), "demo.expect.code_once", "hunan-county-lists.csv:3:1"},
		"county of a city": {"c", "431222,", "4312,", "demo.expect.county_code", "hunan-county-lists.csv:2:1"},
	} {
		texts := map[string]string{"d": smallDivisions, "o": smallOutlines, "c": smallCounties}
		if !strings.Contains(texts[c.file], c.from) {
			t.Fatalf("%s: nothing to break", name)
		}
		texts[c.file] = strings.Replace(texts[c.file], c.from, c.to, 1)
		_, err := divisions.Read(folder(texts["d"], texts["o"], texts["c"]))
		var told *domain.Error
		if !errors.As(err, &told) || told.Kind != domain.KindInvalid || told.Key != c.key || told.Field != c.field {
			t.Errorf("%s: got %v, want %s (%s)", name, err, c.key, c.field)
		}
	}
}

func TestUnreadableFilesAreTold(t *testing.T) {
	for key, content := range map[string][]byte{
		"demo.file_unreadable": nil,
		"demo.file_not_gzip":   []byte("code,name"),
		"demo.file_broken_off": pack(smallDivisions)[:40],
		"demo.file_too_large":  pack(strings.Repeat("a", 17<<20)),
		"demo.expect.csv_row":  pack(""),
	} {
		broken := folder(smallDivisions, smallOutlines, smallCounties)
		if broken[divisions.DivisionsFile].Data = content; content == nil {
			delete(broken, divisions.DivisionsFile)
		}
		_, err := divisions.Read(broken)
		var told *domain.Error
		if !errors.As(err, &told) || told.Key != key || told.Params["file"] != divisions.DivisionsFile {
			t.Errorf("got %v, want %s", err, key)
		}
	}
}

// Whatever the files hold, reading ends with data or with an error that names a file.
func FuzzRead(f *testing.F) {
	f.Add([]byte(smallDivisions), []byte(smallOutlines), []byte(smallCounties))
	f.Add([]byte(smallDivisions[:60]), []byte(`{"features":[{}]}`), []byte(smallCounties[:9]))
	f.Add([]byte("code\n\""), []byte(`{"features":[{"geometry":{"type":"MultiPolygon","coordinates":[[[]]]}}]}`), []byte(""))
	f.Fuzz(func(t *testing.T, d, o, c []byte) {
		got, err := divisions.Read(folder(string(d), string(o), string(c)))
		if err == nil {
			for _, county := range got.Counties {
				if !county.Border.Contains(county.Inner) {
					t.Fatal("a county without its inner point was let through")
				}
			}
			return
		}
		var told *domain.Error
		if !errors.As(err, &told) || told.Params["file"] == "" {
			t.Fatalf("error without a file: %v", err)
		}
	})
}
