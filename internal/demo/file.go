package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jieli/internal/domain"
	"jieli/internal/registry/catalogue"
)

// registeredCadre draws the rest of a person's file to fit what the round knows: birth day, numbers, schooling, ranks.
// Serials counts the identity numbers of a day.
func registeredCadre(seed uint64, c domain.Candidate, unitKind string, serials map[string]int) catalogue.Record {
	d := stream(seed, "register/cadre/"+c.ID)
	born := fmt.Sprintf("%04d-%02d-%02d", c.BirthYear, d.between(1, 12), d.between(1, 28))
	v := map[string]string{"id": c.ID, "unit": c.Unit, "name": c.Name, "sex": string(c.Sex), "position": c.Position, "birth_date": born,
		catalogue.ColumnInitials: c.Initials, catalogue.ColumnPinyin: c.Pinyin,
		"id_number": drawnNumber(born, c.Sex, serials), "phone": fmt.Sprintf("100%08d", d.IntN(100_000_000)), // no number begins with 100
		"ethnicity": ethnicity(d, c.Native), "politics": politicsCode(d, c.Politics),
		"mid_level": flag(c.MidLevel), "young_pool": flag(c.YoungPool), "rural_years": strconv.Itoa(c.RuralYears), "terms": strconv.Itoa(c.Terms)}
	put(v, "native", string(c.Native))
	v["health"] = "fit"
	if !c.Fit {
		v["health"] = []string{"unfit", "limited"}[d.weighted(70, 30)]
	}
	if v["politics"] == "01" { // at 19 to 27, and not in the demo's future
		v["party_date"] = fmt.Sprintf("%04d-%02d-01", min(c.BirthYear+19+d.between(0, 8), 2020), d.between(1, 12))
	}
	schooling(d, c, v)
	ranks(c, unitKind, v)
	putSkills(v, catalogue.SkillPrefix, c.Skills)
	catalogue.DeriveCadre(v)
	return catalogue.Record{Key: c.ID, Version: 1, Values: v}
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// drawnNumber is an identity number with a right check character in the area that was never issued: running numbers of
// men are odd.
func drawnNumber(born string, sex domain.Sex, serials map[string]int) string {
	day := strings.ReplaceAll(born, "-", "")
	serials[day+string(sex)]++
	serial := 2 * serials[day+string(sex)]
	if sex == male {
		serial--
	}
	digits := unissued + day + fmt.Sprintf("%03d", serial)
	return digits + string(catalogue.IDCheck(digits))
}

// ethnicity is by GB/T 3304: 06 Miao, 12 Dong, 15 Tujia, and 01 Han for most.
func ethnicity(d dice, native domain.Code) string {
	if native.Valid() && slices.Contains(westernCities, native.At(domain.LevelCity)) {
		return []string{"01", "06", "12", "15"}[d.weighted(35, 25, 12, 28)]
	}
	return []string{"01", "15", "06"}[d.weighted(94, 4, 2)]
}

// politicsCode is the GB/T 4762 code of the coarse group.
func politicsCode(d dice, group string) string {
	switch group {
	case "party_member":
		return "01"
	case "league_member":
		return "03"
	case "other_party":
		return fmt.Sprintf("%02d", d.between(4, 10))
	}
	return "13"
}

// schooling draws education, degree and the beginning of work, each to fit the other.
func schooling(d dice, c domain.Candidate, v map[string]string) {
	younger := 0
	if c.BirthYear >= 1980 {
		younger = 20
	}
	kind := d.weighted(3, 15+younger/2, 55+younger, 27-younger)
	v["education"] = []string{"11", "14", "21", "31"}[kind]
	put(v, "degree", []string{"2", "3", "4", ""}[kind])
	v["work_date"] = fmt.Sprintf("%04d-07-01", min(c.BirthYear+[]int{28, 25, 22, 21}[kind], 2021))
}

// ladders are the ladders of the kinds of unit; what is not named is an institution.
var ladders = map[string]string{
	"party": catalogue.LadderCivil, "government": catalogue.LadderCivil, "mass": catalogue.LadderCivil, "judicial": catalogue.LadderCivil,
	"enterprise": catalogue.LadderFirm, "bank": catalogue.LadderFirm,
}

// posts and titles are the rank of a post and the grade on each ladder for the drawn grades 1..7; empty where none is right.
var (
	postOf  = [...]string{"", "199", "160", "150", "142", "141", "132", "131"}
	gradeOf = map[string][8]string{
		catalogue.LadderCivil:       {2: "clerk_2", 3: "clerk_1", 4: "principal_4", 5: "principal_2", 6: "counsel_4", 7: "counsel_2"},
		catalogue.LadderInstitution: {2: "title_junior", 3: "title_assistant", 4: "title_middle", 5: "title_associate", 6: "title_senior"},
		catalogue.LadderFirm:        {2: "firm_staff", 3: "firm_specialist", 4: "firm_lead", 5: "firm_senior", 6: "firm_expert", 7: "firm_chief"},
	}
)

// ranks gives post and grade such that [catalogue.Order] is the drawn grade: who holds a post has its rank, others the
// grade that matches.
func ranks(c domain.Candidate, unitKind string, v map[string]string) {
	v["ladder"] = catalogue.LadderInstitution
	if ladder := ladders[unitKind]; ladder != "" {
		v["ladder"] = ladder
	}
	grade := gradeOf[v["ladder"]][min(c.Grade, 7)]
	if c.MidLevel || grade == "" {
		v["position_rank"] = postOf[min(c.Grade, 7)]
		return
	}
	v["grade_rank"] = grade
}
