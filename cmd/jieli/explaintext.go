package main

import (
	"fmt"
	"strconv"
	"strings"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// say writes a line of an answer.
func (e env) say(key string, params domain.Params) { fmt.Fprintln(e.out, e.text.Text(key, params)) }

// number groups the digits of a number of points by thousands: 42,000.
func number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

func (e env) tellVillage(a problem.VillageAnswer) {
	e.say("explain.village", domain.Params{"village": string(a.Village), "name": a.Name,
		"category": e.text.Text("explain.category_"+string(a.Category), nil), "difficulty": a.Difficulty})
	price := "explain.village_gives"
	if a.Price < 0 {
		price = "explain.village_takes"
	}
	e.say(price, domain.Params{"points": number(max(a.Price, -a.Price))})
	if a.Team != nil {
		e.tellTeam(*a.Team)
	}
	if a.Unserved != nil {
		e.tellUnserved(*a.Unserved)
	}
}

func (e env) tellUnserved(a problem.UnservedAnswer) {
	e.say("explain.unserved", domain.Params{"reason": a.Reason.Text(e.text.Text), "penalty": number(a.Penalty)})
	c := a.County
	e.say("explain.county", domain.Params{"county": string(c.Code), "villages": c.Villages, "unserved": c.Unserved, "units": c.Units,
		"max": c.MaxTeams, "leads": c.Leads, "leaders": c.Leaders, "leaders_free": c.LeadersFree, "ready": c.LeadersReady, "members": c.Members, "members_free": c.MembersFree})
	if c.LeadersShort > 0 {
		e.say("explain.leaders_short", domain.Params{"count": c.LeadersShort})
	}
}

func (e env) tellTeam(a problem.TeamAnswer) {
	codes := make([]string, len(a.Villages))
	for i, code := range a.Villages {
		codes[i] = string(code)
	}
	e.say("explain.team", domain.Params{"team": a.Team, "unit": a.Unit, "name": a.Name, "villages": strings.Join(codes, ";"), "points": number(a.Points)})
	e.say("explain.unit_parts", partsOf(a.Parts))
	if a.Pinned {
		e.say("explain.pinned", nil)
	}
	if len(a.Rivals) == 0 {
		e.say("explain.no_rivals", nil)
	}
	for _, r := range a.Rivals {
		params := partsOf(r.Parts)
		params["unit"], params["name"], params["points"], params["leads"], params["max"] = r.Unit, r.Name, number(r.Points), r.Leads, r.MaxTeams
		params["flip"] = number(r.Loss.ByPrices)
		params["loss"] = e.loss(r.Loss, false)
		e.say("explain.rival", params)
	}
	if a.Others > 0 {
		e.say("explain.others", domain.Params{"count": a.Others})
	}
	for _, s := range a.Seats {
		e.tellSeat(s)
	}
}

func partsOf(p problem.Parts) domain.Params {
	return domain.Params{"match": number(p.UnitMatch), "prior": number(p.UnitPrior), "strength": number(p.UnitStrength),
		"distance": number(p.UnitDistance), "further": number(p.Further), "members": number(p.MemberMatch + p.MemberRural + p.MemberYoung),
		"grade": number(p.LeaderGrade)}
}

func (e env) tellSeat(s problem.Seat) {
	e.say("explain.seat", domain.Params{"cadre": s.Cadre, "role": e.text.Text("explain.role_"+string(s.Role), nil), "points": number(s.Points),
		"match": number(s.Match), "rural": number(s.Rural), "young": number(s.Young), "grade": number(s.LeaderGrade), "price": number(s.Price)})
	switch {
	case s.Pinned:
		e.say("explain.seat_pinned", nil)
	case s.Next == nil:
		e.say("explain.seat_only", nil)
	case s.Next.Team == "":
		e.say("explain.seat_next_free", domain.Params{"cadre": s.Next.Cadre, "points": number(s.Next.Points), "loss": number(s.Next.Loss)})
	default:
		e.say("explain.seat_next", domain.Params{"cadre": s.Next.Cadre, "points": number(s.Next.Points), "loss": number(s.Next.Loss),
			"team": s.Next.Team, "village": string(s.Next.At)})
	}
}

func (e env) tellWish(a problem.WhyNotAnswer, solved bool) {
	params := domain.Params{"subject": a.Unit + a.Cadre, "village": string(a.Village)}
	switch {
	case a.Already:
		e.say("explain.already", params)
		return
	case len(a.Bars) > 0:
		e.say("explain.barred", params)
		for _, bar := range a.Bars {
			fmt.Fprintln(e.out, "  "+bar.Text(e.text.Text))
		}
		return
	}
	params["loss"], params["flip"] = e.loss(*a.Loss, solved), number(a.Loss.ByPrices)
	e.say("explain.wish", params)
	if a.Now != "" {
		e.say("explain.wish_now", domain.Params{"subject": a.Cadre, "village": a.Now})
	}
	e.say("explain.flip", params)
}

// loss puts an interval in words; solved says that a plan was looked for.
func (e env) loss(l problem.Loss, solved bool) string {
	params := domain.Params{"least": number(l.AtLeast), "prices": number(l.ByPrices)}
	key := "explain.loss_at_least"
	if l.AtLeast <= 0 {
		key = "explain.loss_open"
		params["gain"] = number(-l.AtLeast)
	}
	text := e.text.Text(key, params)
	switch {
	case l.AtMost != nil:
		text += e.text.Text("explain.loss_at_most", domain.Params{"most": number(*l.AtMost)})
	case solved:
		text += e.text.Text("explain.loss_no_plan", nil)
	}
	return text
}

func (e env) tellPlan(a problem.PlanAnswer) {
	params := partsOf(a.Parts)
	params["score"], params["bound"], params["gap"] = number(a.Score), number(a.Bound), percent(a.Gap)
	e.say("explain.plan", params)
	for _, p := range a.Penalties {
		e.say("explain."+p.Key, domain.Params{"count": number(p.Count), "points": number(p.Points)})
	}
	if h := a.Headcount; h != nil {
		e.say("explain.head", domain.Params{"limit": number(h.Limit), "used": number(h.Used), "price": number(h.Price)})
	}
	for _, s := range a.Shares {
		e.say("explain.share", domain.Params{"level": e.text.Text("explain.level_"+string(s.Level), nil),
			"attribute": e.text.Text("explain.attribute_"+s.Attribute, nil), "percent": s.Percent, "have": number(s.Have),
			"members": number(s.Members), "paid": number(s.Paid), "head": number(s.Head), "point": number(s.Point)})
	}
	for _, l := range a.Levels {
		e.tellLevel(l)
	}
	e.tellDear("explain.dear_village", a.Villages)
	e.tellDear("explain.dear_unit", a.Units)
	e.tellDear("explain.dear_cadre", a.Cadres)
	fmt.Fprintln(e.out, e.fairness(a.Fairness))
}

func (e env) tellLevel(l problem.LevelPrice) {
	if l.Units == 0 {
		return
	}
	level := e.text.Text("explain.level_"+string(l.Level), nil)
	key := "explain.level_enough"
	if l.Scarce > 0 {
		key = "explain.level"
	}
	e.say(key, domain.Params{"level": level, "units": l.Units, "full": l.Full, "scarce": l.Scarce,
		"mean": number(l.Mean), "unit": l.Dearest, "highest": number(l.Highest)})
	if l.Forced > 0 {
		e.say("explain.level_min", domain.Params{"level": level, "units": l.Forced, "points": number(l.MinCost)})
	}
}

func (e env) tellDear(key string, list []problem.Dear) {
	for _, d := range list {
		e.say(key, domain.Params{"id": d.ID, "name": d.Name, "price": number(d.Price)})
	}
}
