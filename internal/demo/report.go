package demo

// The press report of 7 May 2021 (湖南日报·湘伴) gives these totals of the round 2021–2023, and the shares as percentages
// of the provincial people: 44 % under 40, 32 % of division rank, 26 % with rural work or a farming profession. The
// counts here are the whole numbers nearest to those shares.
const (
	reportPeople           = 24021
	reportTeams            = 10253
	reportProvincialPeople = 670
	reportUnder40          = 295 // of 670: 44.0 %
	reportDivision         = 214 // of 670: 31.9 %
	reportRural            = 174 // of 670: 26.0 %
)

// provincialTeams is drawn: the report does not tell it. 208 leaders of division rank leave six members of that rank.
const provincialTeams = 208

// reported is a village that the report names. Unit is who sends its team by the report, or empty where it does not say.
type reported struct {
	village, township, county string
	category                  string // drawn, as everywhere
	unit                      string
	joined                    []string // units whose people join the team, by the report
	leaderBorn, membersBorn   [2]int   // first and last year, where the report tells ages; zero: not told
}

// reportedVillages are in the round in force. Their people are drawn: the report's names are not used.
func reportedVillages() []reported {
	return []reported{
		{village: "十八洞村", township: "双龙镇", county: "花垣县", category: "demonstration"},
		{village: "甘溪村", township: "复兴镇", county: "保靖县", category: "key", unit: "省委组织部",
			leaderBorn: [2]int{1985, 1987}, membersBorn: [2]int{1985, 1992}}, // "三名85后"
		{village: "沙田溪村", township: "龙塘镇", county: "安化县", category: "key", unit: "省委宣传部"},
		{village: "燎原村", township: "金龙镇", county: "湘阴县", category: "demonstration", unit: "岳阳市委组织部",
			joined: []string{"岳阳市城市建设投资集团有限公司", "交通银行岳阳分行"}},
	}
}
