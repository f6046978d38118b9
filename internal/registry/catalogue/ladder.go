package catalogue

import "slices"

// The ladders on which a cadre's grade rank stands.
const (
	LadderCivil       = "civil"       // civil servants: the twelve grades of the comprehensive series
	LadderInstitution = "institution" // public institutions: staff grades or professional titles
	LadderFirm        = "firm"        // state firms and banks
)

// rung is one rank and its place in the order 1..12 that dispatch uses (dispatch contract §1, grade).
type rung struct {
	value string
	order int
}

// posts are the ranks of posts: GB/T 12407-2008, table 1, class 1. For institutions and firms it is the rank that the post
// is compared with. Order 6 is the deputy head of a division (县处级副职); one step up or down the table is one step of it.
var posts = []rung{
	{"101", 12}, {"102", 12}, {"111", 11}, {"112", 10}, {"121", 9}, {"122", 8}, {"131", 7}, {"132", 6},
	{"141", 5}, {"142", 4}, {"150", 3}, {"160", 2}, {"199", 1},
}

// grades are the grade ranks by ladder.
//
// Civil servants: Provisions on the Parallel Running of Posts and Grades (2019), art. 7, put beside the posts with the
// same band of salary levels (art. 8): inspectors are of bureau rank, counsels of division rank, principals of section
// rank, two grades to a post from counsel down.
//
// Institutions: staff grades by GB/T 12407-2008 class 2, in the order of the posts that they are put beside by the Trial
// Measures on Posts in Public Institutions (国人部发〔2006〕70号); professional titles carry no rank by any national rule:
// their order is the product's convention, a senior title beside a deputy division head.
//
// Firms: no national rule either; the convention puts a chief expert beside a division head, and one step down for
// each title.
var grades = map[string][]rung{
	LadderCivil: {
		{"inspector_1", 9}, {"inspector_2", 8}, {"counsel_1", 7}, {"counsel_2", 7}, {"counsel_3", 6}, {"counsel_4", 6},
		{"principal_1", 5}, {"principal_2", 5}, {"principal_3", 4}, {"principal_4", 4}, {"clerk_1", 3}, {"clerk_2", 2},
	},
	LadderInstitution: {
		{"211", 11}, {"212", 10}, {"221", 9}, {"222", 8}, {"231", 7}, {"232", 6}, {"241", 5}, {"242", 4}, {"250", 3}, {"260", 2},
		{"title_senior", 6}, {"title_associate", 5}, {"title_middle", 4}, {"title_assistant", 3}, {"title_junior", 2},
	},
	LadderFirm: {
		{"firm_chief", 7}, {"firm_expert", 6}, {"firm_senior", 5}, {"firm_lead", 4}, {"firm_specialist", 3}, {"firm_staff", 2},
	},
}

func values(rungs []rung) []string {
	all := make([]string, len(rungs))
	for i, r := range rungs {
		all[i] = r.value
	}
	return all
}

func positionRanks() []string { return values(posts) }

func gradeRanks() []string {
	return slices.Concat(values(grades[LadderCivil]), values(grades[LadderInstitution]), values(grades[LadderFirm]))
}

func orderIn(rungs []rung, value string) (int, bool) {
	for _, r := range rungs {
		if r.value == value {
			return r.order, true
		}
	}
	return 0, false
}

// OnLadder says whether the grade rank belongs to the ladder.
func OnLadder(ladder, gradeRank string) bool {
	_, on := orderIn(grades[ladder], gradeRank)
	return on
}

// Order is the place of a cadre in the order 1..12 that dispatch calls grade (6 is deputy division head or equivalent):
// the higher one of post and grade, since the rules ask for a rank "or the grade that matches it" (Hunan 2021). Without
// either it is 1.
func Order(ladder, positionRank, gradeRank string) int {
	post, _ := orderIn(posts, positionRank)
	grade, _ := orderIn(grades[ladder], gradeRank)
	return max(1, post, grade)
}
