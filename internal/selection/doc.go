// Package selection is the first gate (选派): who may go, who should, and who goes.
//
// A selection has the id of the round that it feeds and goes through the phases of its calendar: villages to be served are
// fixed first, villages write need lists and townships review them, units get quotas and nominate, every nominee is
// checked rule by rule, several bodies clear, people are talked to, ranked, chosen or kept in reserve, published, and the
// final list is locked into the ledger; it then is the round's list of candidates, from which dispatch plans.
//
// What holds for every act:
//
//   - Scope. An office acts on nominees of units whose home lies in its scope, and on villages in its scope. A unit's
//     account (domain.RoleUnitOffice with a domain.AccountLink) sees and nominates its own people only. What lies outside
//     is not found.
//   - Calendar. An act belongs to a phase and is refused outside its days (KindConflict, selection.outside_phase) unless
//     Permit.Override gives a reason; the reason goes into the ledger. Only the office that runs the selection may
//     override. After the lock nothing changes (selection.locked).
//   - Avoidance. Nobody decides on themselves or on a declared relative (KindForbidden, selection.own_case,
//     selection.relatives_case). The person behind an account is its AccountLink.Cadre.
//   - Versions. A change names the version that it was made from; another one is KindConflict, selection.changed. 0 means new.
//   - Ledger. Every write leaves an entry in its transaction, with the policy basis, and never with personal data.
//
// What machines decide and what people decide: a check says pass, fail or needs a person, with reason, figures and source
// (package checks); judgement items always need a person. A fail is mended in the facts or in the policy, never
// overruled. The ranking (package ranking) is a sum of parts, each figure × weight of the policy; equal sums share a
// place. The composition (package composition) holds the choice against the policy's goals and names swaps. Soft goals
// never bar anybody.
//
// The doors, on Service, in the order of the gate; each takes (ctx, actor domain.Account, …):
//
//	Open(Opening) (domain.Selection)                         on a planned round, or with a new one
//	Selections() ([]domain.Selection)                        all, the newest round first
//	Overview(round) (Overview)                               the selection, today's phases, figures step by step
//	SetCalendar(round, version, domain.Calendar) (domain.Selection)
//	SetAims(round, version, Aims) (domain.Selection)         posts, preferred specialities
//	FixVillages(round, []VillageChoice, Permit)              adds villages or changes category and difficulty
//	DropVillages(round, []domain.Code, Permit)
//	Villages(round) ([]domain.RoundVillage)
//	WriteNeeds(round, village, NeedDraft, Permit) (domain.NeedList)
//	ReviewNeeds(round, village, NeedReview, Permit) (domain.NeedList)
//	NeedLists(round, region, status, offset, limit) ([]domain.NeedList, total)
//	SetQuotas(round, []domain.Quota, Permit)
//	Quotas(round) ([]store.QuotaState)                            places, nominated, chosen of each unit in scope
//	Nominate(round, []Nominee, Permit) ([]domain.Nomination)
//	Withdraw(round, cadre, version, reason, Permit) (domain.Nomination)
//	Nominations(NominationQuery) ([]domain.Nomination, total)
//	Dossier(round, cadre) (Dossier)                          one nominee with checks, judgements, clearances, interviews, objections
//	RunChecks(round, cadres, Permit) (CheckSummary)          no cadres: all in scope that may change
//	Judge(round, cadre, rule, Verdict, Permit)               a person's word on a check that needs one
//	Clear(domain.Clearance, Permit) (domain.Clearance)
//	AddInterview(domain.Interview, Permit) (domain.Interview)
//	Ranking(round) ([]Ranked)
//	Propose(round) ([]Choice)                                by ranking, inside quotas and posts; saves nothing
//	Composition(round, []Choice) (composition.Report)        of the saved choice changed by these, live
//	Choose(round, []Choice, Permit) ([]domain.Nomination)    chosen, reserve with place, not chosen with reason
//	Publish(round, Permit) (domain.Publicity)
//	PublicList(round) (Published)
//	Object(domain.Objection, Permit) (domain.Objection)
//	DecideObjection(Decision, Permit) (domain.Objection)
//	Lock(round, version, Permit) (domain.Selection)
//	Declare(domain.Relation), Undeclare(cadre, relative), Relations(cadre) ([]domain.Relation)
//	Link(domain.AccountLink)                                 says who is behind an account; by an office that covers it
package selection
