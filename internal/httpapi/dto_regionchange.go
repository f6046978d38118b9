package httpapi

import (
	"time"

	"jieli/internal/domain"
)

// RegionChangeRequest asks for a change of divisions. From are the divisions to merge, or the one to rename, upgrade or
// split; into is the code of what begins, which a merger may take from one of from and a rename leaves out.
type RegionChangeRequest struct {
	Kind   string            `json:"kind" enum:"rename,upgrade,merge,split"`
	Day    string            `json:"day" maxLength:"10" doc:"First day on which it holds, not after today"`
	From   []domain.Code     `json:"from" maxItems:"50" nullable:"false"`
	Into   domain.Code       `json:"into,omitempty" maxLength:"12"`
	Name   string            `json:"name,omitempty" maxLength:"64"`
	As     string            `json:"as,omitempty" maxLength:"32" doc:"Kind of division of what begins, as the field kind of the register has it; as before where it is left out"`
	Parts  []domain.Code     `json:"parts,omitempty" maxItems:"500" doc:"Divisions right below that a split takes along"`
	Codes  map[string]string `json:"codes,omitempty" doc:"Wished new codes of divisions below, by their old ones; others keep their number or get the next free one"`
	Reason string            `json:"reason,omitempty" maxLength:"200"`
	DryRun bool              `json:"dry_run,omitempty" doc:"Only say what it would do"`
}

// RegionMove is a division that changes. From is empty for one that begins of itself.
type RegionMove struct {
	From     domain.Code `json:"from"`
	FromName string      `json:"from_name"`
	To       domain.Code `json:"to"`
	ToName   string      `json:"to_name"`
}

// RegionFollowers are the records of one kind that follow a change.
type RegionFollowers struct {
	What  string   `json:"what" enum:"unit,cadre,village,account,outline,policy_object,policy_version,selection,nomination,round_unit,round_candidate,round_village"`
	Count int      `json:"count"`
	Names []string `json:"names" nullable:"false" doc:"Names of the first units or of the rounds among them; empty for others"`
}

// RegionEffect is what a change does. Divisions counts all moves, of which the first are told, the upper divisions before
// what lies in them.
type RegionEffect struct {
	Region    domain.Code       `json:"region" doc:"The smallest division that holds all of it"`
	Divisions int               `json:"divisions"`
	Moves     []RegionMove      `json:"moves" nullable:"false"`
	Followers []RegionFollowers `json:"followers" nullable:"false"`
}

// RegionChange is a change that was made.
type RegionChange struct {
	RegionEffect
	Change int64     `json:"change" doc:"Its number"`
	Kind   string    `json:"kind" enum:"rename,upgrade,merge,split"`
	Day    string    `json:"day"`
	Reason string    `json:"reason"`
	By     string    `json:"by" doc:"Name of who made it"`
	At     time.Time `json:"at"`
	Undone bool      `json:"undone"`
}

// RegionChangeVerdict is what a change does; change is left out of a dry run.
type RegionChangeVerdict struct {
	Effect RegionEffect  `json:"effect"`
	Change *RegionChange `json:"change,omitempty"`
}

// RegionChangeList holds changes, newest first.
type RegionChangeList struct {
	Changes []RegionChange `json:"changes" nullable:"false"`
}

// RegionChangePath names a change of divisions.
type RegionChangePath struct {
	Change int64 `path:"change" minimum:"1"`
}
