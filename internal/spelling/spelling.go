// Package spelling gives the pinyin of names, by which people search.
package spelling

import (
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// inPlaces are the characters that places read otherwise than the dictionary's first reading. What is not listed has
// that first reading; it is right for nearly all names.
var inPlaces = map[rune]string{
	'长': "chang", // 长沙, 长冲
	'重': "chong", // 重阳, 重华
	'圩': "xu",    // 新圩: a market, as in all the south
	'咀': "zui",   // short for 嘴, a spit of land
	'都': "du",
	'曾': "zeng", '覃': "qin", '卜': "bu", // families that villages are named after
	'佛': "fo", '什': "shi", '似': "si", '茄': "qie",
	'行': "hang", // 银行, 分行, 行廊
}

// before are readings that depend on the character that follows, and come before inPlaces.
var before = map[[2]rune]string{
	{'行', '政'}: "xing", {'行', '溪'}: "xing", {'行', '村'}: "xing",
	{'重', '点'}: "zhong",
}

// inSurnames are the characters that a family name reads otherwise.
var inSurnames = map[rune]string{
	'曾': "zeng", '覃': "qin", '解': "xie", '单': "shan", '仇': "qiu", '区': "ou", '卜': "bu", '盖': "ge", '查': "zha", '朴': "piao",
}

// Speller spells names and remembers characters. It is not safe for use by several goroutines.
type Speller struct {
	args pinyin.Args
	seen map[rune]string
}

// New gives an empty speller.
func New() *Speller {
	return &Speller{args: pinyin.NewArgs(), seen: map[rune]string{}}
}

// Place spells the name of a place or a unit: full is 'huaihuashi' for 怀化市, initials 'hhs'. Latin letters and digits
// stay as they are, in lower case; other signs are left out.
func (s *Speller) Place(name string) (full, initials string) {
	return s.spell(name, func(runes []rune, i int) string {
		if i+1 < len(runes) {
			if syllable := before[[2]rune{runes[i], runes[i+1]}]; syllable != "" {
				return syllable
			}
		}
		return inPlaces[runes[i]]
	})
}

// Person spells the name of a person, whose first character is the family name.
func (s *Speller) Person(name string) (full, initials string) {
	return s.spell(name, func(runes []rune, i int) string {
		if i == 0 {
			return inSurnames[runes[0]]
		}
		return ""
	})
}

func (s *Speller) spell(name string, exception func(runes []rune, i int) string) (string, string) {
	var full, initials strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		syllable := exception(runes, i)
		if syllable == "" {
			syllable = s.syllable(r)
		}
		if syllable == "" {
			continue
		}
		full.WriteString(syllable)
		initials.WriteByte(syllable[0])
	}
	return full.String(), initials.String()
}

func (s *Speller) syllable(r rune) string {
	if known, ok := s.seen[r]; ok {
		return known
	}
	syllable := ""
	if r < 128 {
		syllable = strings.ToLower(letterOrDigit(r))
	} else if read := pinyin.SinglePinyin(r, s.args); len(read) > 0 {
		syllable = read[0]
	}
	s.seen[r] = syllable
	return syllable
}

func letterOrDigit(r rune) string {
	if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
		return string(r)
	}
	return ""
}
