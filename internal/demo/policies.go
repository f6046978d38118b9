package demo

import "jieli/internal/domain"

// policies are the rules that the two rounds go by. Both leave every value at its default; what the report says of ranks,
// sizes and levels is what the defaults say.
func policies() []domain.PolicyVersion {
	shares := []domain.Share{
		{Level: domain.UnitProvince, Attribute: "under40", Percent: 44},
		{Level: domain.UnitProvince, Attribute: "division", Percent: 32},
		{Level: domain.UnitProvince, Attribute: "rural", Percent: 26, Skill: "farming"},
	}
	return []domain.PolicyVersion{
		{
			ID: PolicyBefore, Name: "湖南省2021年驻村帮扶派驻规则（据公开报道整理）", Region: Province, ValidFrom: "2021-05-07",
			Source: "湖南日报·湘伴2021年5月7日报道：省派队长一般为副处长以上或相应职级，市县队长为单位中层以上；重点帮扶村由省、市和力量较强的县派工作队帮扶，" +
				"原则上不少于3人；任务较轻的已脱贫村至少选派1名第一书记；示范创建村可“一队带多村”，就近帮扶相邻1—2个村。比例取该报道所列670名省派干部的构成。规则原文未公开。",
			Values: map[string]int64{}, Shares: shares,
		},
		{
			ID: PolicyNext, Name: "湖南省2023年驻村帮扶派驻规则（示例）", Region: Province, ValidFrom: "2023-05-01",
			Source: "示例，不是正式文件：沿用2021年5月7日公开报道的派驻要求和省派干部构成比例，供演示下一轮派驻方案的测算。",
			Values: map[string]int64{}, Shares: shares,
		},
	}
}
