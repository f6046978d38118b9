package catalogue

// regionSpec is the table of divisions. They are read here; a use case of its own renames, merges, splits and upgrades
// them, because each of these moves what refers to them.
func regionSpec() Spec {
	fields := []Field{
		shown(required(standard(text("code", 12), "GB/T 2260, GB/T 10114"))),
		shown(required(text("name", 64))),
		shown(choice("level", "province", "city", "county", "township", "village")),
		shown(choice("kind", "province", "prefecture_city", "autonomous_prefecture", "county", "autonomous_county", "district", "county_city",
			"statistical_zone", "town", "subdistrict", "township", "enterprise_unit",
			"village_committee", "resident_committee", "similar_resident_unit", "similar_village_unit")),
		shown(plain("parent", RegionAt)),
		shown(date("valid_from", firstYear, lastYear)), shown(date("valid_to", firstYear, lastYear)),
	}
	for i := range fields {
		fields[i].ReadOnly = true
	}
	return Spec{Entity: Region, Key: "code", Fields: fields}
}
