package policy

// GateManagement is the gate of presence, leave and term: what a posting asks of people once they are there.
const GateManagement = "management"

// ManagementKeys is the catalogue of presence and leave. The windows differ from place to place (a year, a quarter, a
// month), and several may hold at once; 0 days are no demand. They are merged and compared like all others; no use case reads
// them yet.
func ManagementKeys() []RuleKey {
	keys := []RuleKey{
		number("term_years", UnitYear, 2, 1, 5, StricterHigher),
		number("presence_days_year", UnitDays, 0, 0, 366, StricterHigher),
		number("presence_days_quarter", UnitDays, 0, 0, 92, StricterHigher),
		number("presence_days_month", UnitDays, 0, 0, 31, StricterHigher),
		number("presence_nights_month", UnitDays, 0, 0, 31, StricterHigher),
		number("leave_township_days", UnitDays, 3, 0, 60, StricterLower),
		number("leave_recall_days", UnitDays, 0, 0, 366, StricterLower),
	}
	for i := range keys {
		keys[i].Gate = GateManagement
		keys[i].Meaning = "policy.management." + keys[i].Name
		keys[i].ZeroIsNone = keys[i].Name == "leave_recall_days"
	}
	return keys
}
