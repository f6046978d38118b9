package catalogue

// villageSpec is the table of what the registry knows of villages; that they exist, and their names, is the region
// table's. One village may carry several categories (posting practice: heavier task and weak organisation at once).
func villageSpec() Spec {
	fields := []Field{
		shown(required(standard(text("code", 12), "GB/T 2260, GB/T 10114"))),
		shown(readOnly(text("name", 64))),
		shown(Field{Key: "categories", Type: Choices, Options: options("key", "weak", "demonstration", "consolidated", "relocation"), Sortable: true, Filterable: true}),
		shown(number("difficulty", percent)),
	}
	fields = append(fields, specialities(NeedPrefix)...)
	fields = append(fields,
		shown(number("households", 100_000)),
		shown(number("population", 1_000_000)),
		number("poor_households", 100_000), // out of poverty by the record (脱贫户)
		number("monitored_households", 100_000),
		number("collective_income", 10_000_000_000), // yuan a year
		number("party_members", 100_000),
		Field{Key: "neighbours", Type: Villages, MaxLen: 20 * 13, Filterable: true},
		text("lon", 12), text("lat", 12), // degrees, WGS-84
		readOnly(Field{Key: "teams", Type: Text, MaxLen: 2000}),
	)
	return Spec{Entity: Village, Key: "code", Fields: append(fields, validity()...)}
}
