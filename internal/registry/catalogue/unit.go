package catalogue

import "slices"

// unitSpec is the table of sending units (派出单位).
func unitSpec() Spec {
	fields := []Field{
		shown(text("id", 32)),
		shown(required(text("name", 100))),
		shown(required(choice("level", "province", "city", "county"))),
		shown(required(choice("kind", "party", "government", "mass", "judicial", "institution", "institute", "university", "school",
			"hospital", "enterprise", "bank"))),
		shown(required(plain("home", RegionAt))),
		shown(number("strength", percent)),
		plain("joins", UnitID),
		standard(text("uscc", 18), "GB 32100-2015"),
	}
	return Spec{Entity: Unit, Key: "id", Fields: slices.Concat(fields, specialities(SkillPrefix), validity())}
}
