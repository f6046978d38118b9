package catalogue

// cadreSpec is the table of cadres, by the elements of GB/T 14946.1. Position rank and grade rank stand apart, since a
// person may hold a grade above the post; see [Order].
func cadreSpec() Spec {
	fields := append(person(), career()...)
	fields = append(fields, specialities(SkillPrefix)...)
	fields = append(fields,
		shown(number("rural_years", 60)),
		number("terms", 20),
		choice("health", "fit", "limited", "unfit"), // the outcome only; never what was found
		readOnly(Field{Key: "postings", Type: Text, MaxLen: 2000}),
	)
	return Spec{Entity: Cadre, Key: "id", Fields: append(fields, validity()...)}
}

// person are the fields of who somebody is.
func person() []Field {
	return []Field{
		shown(text("id", 32)),
		shown(required(plain("unit", UnitID))),
		shown(required(text("name", 50))),
		shown(required(standard(choice("sex", "1", "2"), "GB/T 2261.1-2003"))),
		shown(required(date("birth_date", 1930, 2015))),
		standard(secret("id_number", 18), "GB 11643-1999"),
		secret("phone", 20),
		standard(choice("ethnicity", ethnicities()...), "GB/T 3304-1991"),
		shown(required(standard(choice("politics", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"), "GB/T 4762-1984"))),
		month(date("party_date", 1940, lastYear)),
		plain("native", RegionAt),
		standard(choice("education", "11", "14", "17", "21", "28", "31", "41", "44", "47", "61", "71", "81", "90"), "GB/T 4658-2006"),
		standard(choice("degree", "2", "3", "4"), "GB/T 6864-2003"), // its first digit: doctor, master, bachelor
	}
}

// career are the fields of what somebody is at work.
func career() []Field {
	return []Field{
		month(date("work_date", 1940, lastYear)),
		shown(required(text("position", 100))),
		shown(choice("ladder", LadderCivil, LadderInstitution, LadderFirm)),
		shown(standard(choice("position_rank", positionRanks()...), "GB/T 12407-2008")),
		shown(choice("grade_rank", gradeRanks()...)),
		plain("mid_level", Boolean),
		shown(plain("young_pool", Boolean)),
	}
}

func secret(key string, most int) Field {
	return Field{Key: key, Type: Secret, MaxLen: most, Masked: true, Filterable: true}
}

// ethnicities are the two-digit codes of GB/T 3304: the 56 peoples, 97 others, 98 foreigners who became citizens.
func ethnicities() []string {
	var codes []string
	for n := 1; n <= 56; n++ {
		codes = append(codes, string([]byte{byte('0' + n/10), byte('0' + n%10)}))
	}
	return append(codes, "97", "98")
}
