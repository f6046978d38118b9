package divisions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"jieli/internal/domain"
)

// Move says that what referred to one code refers to another.
type Move struct {
	From domain.Code `json:"from"`
	To   domain.Code `json:"to"`
}

// Plan is what a change comes to. Ends are the divisions of before, and Begins those that follow, without ids; Moves are
// in the order of the request, what stands above before what lies below.
type Plan struct {
	Region   domain.Code // the smallest division that holds all of them; empty: there is none
	Head     domain.Code // what the request is about, once it is done
	HeadName string
	Day      time.Time
	Ends     []domain.Region
	Begins   []domain.Region
	Moves    []Move
}

// Spell gives the pinyin of a place and its initials.
type Spell func(name string) (full, initials string)

// Work works a request out. Known are all rows, those of ended divisions too, of the divisions in From, of Into and of
// what lies in them, and of what they lie in. Faults are KindInvalid, region_change.*, and KindNotFound,
// region.not_found, for a division that is not valid.
func Work(r Request, known []domain.Region, today time.Time, spell Spell) (Plan, error) {
	r, day, err := r.check(today)
	if err != nil {
		return Plan{}, err
	}
	w := &worker{Request: r, spell: spell, plan: Plan{Day: day}, valid: map[domain.Code]domain.Region{}, used: map[domain.Code]bool{}, below: map[domain.Code][]domain.Code{}}
	for _, k := range known {
		w.used[k.Code] = true
		if k.ValidTo.IsZero() {
			w.valid[k.Code] = k
		}
	}
	for code, k := range w.valid {
		w.below[k.Parent] = append(w.below[k.Parent], code)
	}
	for _, codes := range w.below {
		slices.Sort(codes)
	}
	if err := w.run(); err != nil {
		return Plan{}, err
	}
	if err := w.finish(); err != nil {
		return Plan{}, err
	}
	return w.plan, nil
}

type worker struct {
	Request
	spell Spell
	plan  Plan
	valid map[domain.Code]domain.Region
	used  map[domain.Code]bool // ever, or given by this change
	below map[domain.Code][]domain.Code
}

func (w *worker) run() error {
	for _, c := range w.From {
		if _, ok := w.valid[c]; !ok {
			return domain.NotFound("region", string(c))
		}
	}
	first := w.valid[w.From[0]]
	w.plan.Head, w.plan.HeadName = w.Into, cmp.Or(w.Name, first.Name)
	if w.Kind == Rename {
		w.plan.Head = first.Code
		w.end(first)
		return w.begin(first, first.Code, first.Parent)
	}
	if w.Into.Level() != first.Level || !w.Into.Valid() {
		return refused("level", "into", domain.Params{"code": string(w.Into)})
	}
	if w.Kind == Merge && slices.Contains(w.From, w.Into) {
		return w.mergeInto(w.valid[w.Into])
	}
	if w.used[w.Into] {
		return refused("code_taken", "into", domain.Params{"code": string(w.Into)})
	}
	parent, err := w.parent(first)
	if err != nil {
		return err
	}
	if err := w.begin(first, w.Into, parent); err != nil {
		return err
	}
	if w.Kind == Split {
		return w.split(first)
	}
	return w.takeAll()
}

// parent is the division that what begins lies in.
func (w *worker) parent(of domain.Region) (domain.Code, error) {
	if of.Parent == "" {
		return "", nil
	}
	parent := w.Into.At(of.Parent.Level())
	if _, ok := w.valid[parent]; !ok {
		return "", domain.NotFound("region", string(parent))
	}
	return parent, nil
}

// mergeInto lets the others join one that keeps its code.
func (w *worker) mergeInto(into domain.Region) error {
	w.plan.HeadName = cmp.Or(w.Name, into.Name)
	if w.Name != "" && w.Name != into.Name || w.As != "" && w.As != into.Kind {
		w.end(into)
		if err := w.begin(into, into.Code, into.Parent); err != nil {
			return err
		}
	}
	return w.takeAll()
}

// takeAll moves all of From, and what lies in them, to Into.
func (w *worker) takeAll() error {
	for _, c := range w.From {
		if c == w.Into {
			continue
		}
		w.end(w.valid[c])
		w.move(c, w.Into)
		if err := w.carry(w.below[c], w.Into); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) split(from domain.Region) error {
	all := w.below[from.Code]
	if from.Level != domain.LevelVillage && (len(w.Parts) == 0 || len(w.Parts) >= len(all)) {
		return refused("nothing", "parts", nil)
	}
	for _, part := range w.Parts {
		if !slices.Contains(all, part) {
			return refused("not_below", "parts", domain.Params{"code": string(part)})
		}
	}
	return w.carry(w.Parts, w.Into)
}

// carry moves divisions, and what lies in them, below another one.
func (w *worker) carry(codes []domain.Code, parent domain.Code) error {
	for _, old := range codes {
		now, err := w.code(old, parent)
		if err != nil {
			return err
		}
		r := w.valid[old]
		w.end(r)
		w.move(old, now)
		r.Code, r.Parent = now, parent
		w.add(r)
		if err := w.carry(w.below[old], now); err != nil {
			return err
		}
	}
	return nil
}

// code finds the new code of a division: the wished one, or its own number below the new parent, or the next free one.
func (w *worker) code(old, parent domain.Code) (domain.Code, error) {
	if wished, ok := w.Codes[old]; ok {
		switch {
		case !wished.Valid() || wished.Level() != old.Level() || !parent.Scope().Holds(wished):
			return "", refused("level", "codes", domain.Params{"code": string(wished)})
		case w.used[wished]:
			return "", refused("code_taken", "codes", domain.Params{"code": string(wished)})
		}
		return wished, nil
	}
	from, to := parent.Level().Digits(), old.Level().Digits()
	width, serial, most := to-from, 0, 1
	for _, digit := range old[from:to] {
		serial, most = serial*10+int(digit-'0'), most*10
	}
	for step := range most {
		digits := string(parent[:from]) + fmt.Sprintf("%0*d", width, (serial+step)%most)
		code := domain.Code(digits + strings.Repeat("0", len(old)-len(digits)))
		if code.Level() == old.Level() && !w.used[code] && !w.wished(code) {
			return code, nil
		}
	}
	return "", refused("no_code", "into", domain.Params{"code": string(parent)})
}

func (w *worker) wished(code domain.Code) bool {
	for _, c := range w.Codes {
		if c == code {
			return true
		}
	}
	return false
}

// begin adds the division that the request is about, made of an old one.
func (w *worker) begin(of domain.Region, code, parent domain.Code) error {
	same := (w.Name == "" || w.Name == of.Name) && (w.As == "" || w.As == of.Kind)
	if same && code == of.Code {
		return refused("name", "name", nil)
	}
	if w.Name != "" {
		of.Name = w.Name
		of.Pinyin, of.Initials = w.spell(w.Name)
	}
	if w.As != "" {
		of.Kind = w.As
	}
	of.Code, of.Parent = code, parent
	w.add(of)
	return nil
}

func (w *worker) add(r domain.Region) {
	r.ID, r.ValidFrom, r.ValidTo = 0, w.plan.Day, time.Time{}
	w.used[r.Code] = true
	w.plan.Begins = append(w.plan.Begins, r)
}

func (w *worker) end(r domain.Region) { w.plan.Ends = append(w.plan.Ends, r) }

func (w *worker) move(from, to domain.Code) { w.plan.Moves = append(w.plan.Moves, Move{from, to}) }

// finish holds the day against those that end, and finds the division that holds all.
func (w *worker) finish() error {
	for _, r := range w.plan.Ends {
		if !w.plan.Day.After(r.ValidFrom) {
			return refused("day", "day", nil)
		}
	}
	codes := slices.Clone(w.From)
	for _, r := range w.plan.Begins {
		codes = append(codes, r.Code)
	}
	w.plan.Region = holding(codes)
	return nil
}

// holding is the smallest division that holds all the codes, empty for none.
func holding(codes []domain.Code) domain.Code {
	for _, level := range []domain.Level{domain.LevelVillage, domain.LevelTownship, domain.LevelCounty, domain.LevelCity, domain.LevelProvince} {
		at := codes[0].At(level)
		if !slices.ContainsFunc(codes, func(c domain.Code) bool { return !at.Scope().Holds(c) }) {
			return at
		}
	}
	return ""
}
