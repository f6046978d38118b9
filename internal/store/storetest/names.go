package storetest

import (
	"math/rand/v2"
	"strings"
)

// syllables are characters of names with their pinyin.
var syllables = [][2]string{
	{"和", "he"}, {"平", "ping"}, {"龙", "long"}, {"塘", "tang"}, {"山", "shan"}, {"河", "he"}, {"新", "xin"}, {"安", "an"}, {"大", "da"},
	{"石", "shi"}, {"桥", "qiao"}, {"湘", "xiang"}, {"竹", "zhu"}, {"林", "lin"}, {"高", "gao"}, {"沙", "sha"}, {"田", "tian"}, {"云", "yun"},
	{"白", "bai"}, {"水", "shui"}, {"长", "chang"}, {"丰", "feng"}, {"江", "jiang"}, {"洞", "dong"},
}

// oddities are parts of names that a careless query reads as something else.
var oddities = []string{"100%", "_", "O'Brien", `a\b`, "?", "?name", "!", "--", "😀", "（青山里）", "TCL", "tcl", `"`, "$1"}

// name is a text with its spelling.
type name struct{ text, initials, pinyin string }

// drawName draws a name of n characters and a suffix; one in forty carries an oddity.
func drawName(r *rand.Rand, n int, suffix, suffixPinyin string) name {
	var text, initials, pinyin strings.Builder
	for range n {
		s := syllables[r.IntN(len(syllables))]
		text.WriteString(s[0])
		initials.WriteString(s[1][:1])
		pinyin.WriteString(s[1])
	}
	if r.IntN(40) == 0 {
		text.WriteString(oddities[r.IntN(len(oddities))])
	}
	if suffix != "" {
		text.WriteString(suffix)
		initials.WriteString(suffixPinyin[:1])
		pinyin.WriteString(suffixPinyin)
	}
	return name{text.String(), initials.String(), pinyin.String()}
}
