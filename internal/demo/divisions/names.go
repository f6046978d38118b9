package divisions

import "strings"

// committeeEndings are the ways in which the source ends the name of a village committee, slips of the pen included,
// longest first.
var committeeEndings = []string{
	"村村民委员会会", "村村民委员会", "村民委员会会", "村民委员会", "村村民委委会", "村民委委会", "村村委会会", "村委会会", "村村委会", "村委会", "村季会",
}

// VillageName is the village's short name, as people write it: 十八洞村 for 十八洞村, 十八洞村委会, 十八洞村村委会 or
// 十八洞村村民委员会. A name that ends in 社区 keeps that ending. Short names repeat all over a province: never use one as a key.
func VillageName(name string) string {
	for _, ending := range committeeEndings {
		if stem, cut := strings.CutSuffix(name, ending); cut && stem != "" {
			if strings.HasSuffix(stem, "社区") {
				return stem
			}
			return strings.TrimSuffix(stem, "村") + "村"
		}
	}
	return name
}

// CommunityName says whether the name is that of an urban community (社区) or its residents' committee (居委会). Eight rows
// of the divisions file have the code of a village committee and such a name: the place was turned into a community and
// the code stayed. No team is sent there. "…社区村委会" is a village committee by code and by name, and counts as one.
func CommunityName(name string) bool {
	return strings.HasSuffix(name, "社区") || strings.HasSuffix(name, "居委会")
}
