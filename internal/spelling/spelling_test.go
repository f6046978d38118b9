package spelling_test

import (
	"regexp"
	"testing"

	"jieli/internal/spelling"

	"pgregory.net/rapid"
)

func TestPlaces(t *testing.T) {
	s := spelling.New()
	for name, want := range map[string][2]string{
		"怀化市":        {"huaihuashi", "hhs"},
		"长沙市":        {"changshashi", "css"},
		"重阳村":        {"chongyangcun", "cyc"},
		"新圩镇":        {"xinxuzhen", "xxz"},
		"交通银行岳阳分行":   {"jiaotongyinhangyueyangfenhang", "jtyhyyfh"},
		"沅陵县行政审批服务局": {"yuanlingxianxingzhengshenpifuwuju", "ylxxzspfwj"},
		"重点工程中心":     {"zhongdiangongchengzhongxin", "zdgczx"},
		"汪家咀村":       {"wangjiazuicun", "wjzc"},
		"塘基上（青山里）村":  {"tangjishangqingshanlicun", "tjsqslc"},
		"绿洲A1区":      {"lvzhoua1qu", "lza1q"},
	} {
		if full, initials := s.Place(name); full != want[0] || initials != want[1] {
			t.Errorf("%s is %s, %s", name, full, initials)
		}
	}
}

func TestPeople(t *testing.T) {
	s := spelling.New()
	for name, want := range map[string]string{"曾长重": "zengzhangzhong", "覃解": "qinjie", "解单": "xiedan", "石麻": "shima"} {
		if full, _ := s.Person(name); full != want {
			t.Errorf("%s is %s, want %s", name, full, want)
		}
	}
}

var plain = regexp.MustCompile(`^[a-z0-9]*$`)

func TestSpellingIsPlainLowerCase(t *testing.T) {
	s := spelling.New()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		full, initials := s.Place(name)
		if !plain.MatchString(full) || !plain.MatchString(initials) || len(initials) > len([]rune(name)) {
			t.Fatalf("%q is %q, %q", name, full, initials)
		}
	})
}
