package i18n

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"jieli/internal/domain"
)

func messages(t *testing.T, folder string) map[string]map[string]string {
	t.Helper()
	files, err := fs.Glob(locales, path.Join("locales", folder, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for _, file := range files {
		text, err := locales.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		one := map[string]string{}
		if err := yaml.Unmarshal(text, &one); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[path.Base(file)] = one
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{[^}]*\}\}`)

func TestEveryMessageStandsInEveryLanguageWithTheSamePlaceholders(t *testing.T) {
	chinese := messages(t, "zh-CN")
	english := messages(t, "en")
	if !slices.Equal(slices.Sorted(maps.Keys(chinese)), slices.Sorted(maps.Keys(english))) {
		t.Fatalf("files differ: %v and %v", slices.Sorted(maps.Keys(chinese)), slices.Sorted(maps.Keys(english)))
	}
	for file, texts := range chinese {
		for key, text := range texts {
			other, ok := english[file][key]
			if !ok {
				t.Errorf("%s: %s has no English", file, key)
				continue
			}
			want := slices.Sorted(slices.Values(placeholder.FindAllString(text, -1)))
			got := slices.Sorted(slices.Values(placeholder.FindAllString(other, -1)))
			if !slices.Equal(slices.Compact(want), slices.Compact(got)) {
				t.Errorf("%s: %s: placeholders %v in Chinese, %v in English", file, key, want, got)
			}
		}
		for key := range english[file] {
			if _, ok := texts[key]; !ok {
				t.Errorf("%s: %s has no Chinese", file, key)
			}
		}
	}
}

func TestNoKeyStandsInTwoFiles(t *testing.T) {
	seen := map[string]string{}
	for file, texts := range messages(t, "zh-CN") {
		for key := range texts {
			if other, twice := seen[key]; twice {
				t.Errorf("%s stands in %s and %s", key, other, file)
			}
			seen[key] = file
		}
	}
}

func TestPrinterPicksTheLanguage(t *testing.T) {
	catalog, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for wish, want := range map[string]string{
		"": "zh-Hans", "zh_CN.UTF-8": "zh-Hans", "C.UTF-8": "zh-Hans", "en_GB.UTF-8": "en", "en-US,en;q=0.9,zh;q=0.8": "en",
		"zh-TW": "zh-Hans", "not a language": "zh-Hans",
	} {
		if got := catalog.Printer(wish).Language.String(); got != want {
			t.Errorf("%q: language %s, want %s", wish, got, want)
		}
	}
}

func TestErrorSaysWhatAndWhy(t *testing.T) {
	catalog, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	cause := errors.New("disk is full")
	known := &domain.Error{Kind: domain.KindInvalid, Key: "region.code_malformed", Params: domain.Params{"code": "43x"}, Cause: cause}
	for wish, want := range map[string]string{
		"en": `"43x" is no division code: 2, 4, 6, 9 or 12 digits are expected: disk is full`,
		"zh": "“43x”不是区划代码，应为 2、4、6、9 或 12 位数字: disk is full",
	} {
		if got := catalog.Printer(wish).Error(known); got != want {
			t.Errorf("%s: %s", wish, got)
		}
	}
	if got := catalog.Printer("en").Error(cause); got != "disk is full" {
		t.Error(got)
	}
	if got := catalog.Printer("en").Text("no.such.key", nil); got != "no.such.key" {
		t.Error(got)
	}
}
