package httpapi

import (
	"time"

	"jieli/internal/domain"
)

// Registry says which tables the caller may see and what they hold, in the caller's language.
type Registry struct {
	Entities []RegistryEntity `json:"entities" nullable:"false"`
}

// RegistryEntity is one table. Key names the field that identifies a record.
type RegistryEntity struct {
	Entity string          `json:"entity" enum:"region,unit,cadre,village"`
	Label  string          `json:"label"`
	Key    string          `json:"key"`
	May    RegistryRights  `json:"may"`
	Fields []RegistryField `json:"fields" nullable:"false"`
}

// RegistryRights say what the caller may do with a table.
type RegistryRights struct {
	Edit   bool `json:"edit"`
	Import bool `json:"import"`
	Export bool `json:"export"`
	Reveal bool `json:"reveal" doc:"See one masked value at a time, with a reason"`
}

// RegistryField is one column. Options are those of a choice, in their order.
type RegistryField struct {
	Key        string           `json:"key"`
	Label      string           `json:"label"`
	Note       string           `json:"note" doc:"What to write there; empty for nothing to add"`
	Type       string           `json:"type" enum:"text,integer,boolean,date,choice,choices,region,unit,units,villages,secret"`
	Required   bool             `json:"required"`
	ReadOnly   bool             `json:"read_only"`
	Masked     bool             `json:"masked" doc:"Shown masked; found by its whole value only, and never in an address: see searchRecords"`
	Sortable   bool             `json:"sortable"`
	Filterable bool             `json:"filterable"`
	Default    bool             `json:"default" doc:"A column where nobody has chosen any"`
	Min        int64            `json:"min" doc:"Of an integer; of a date its first year, 0 for none"`
	Max        int64            `json:"max"`
	MaxLen     int              `json:"max_len" doc:"In characters; 0 where the type has its own length"`
	MonthOnly  bool             `json:"month_only" doc:"A date that may be written to the month"`
	Standard   string           `json:"standard" example:"GB/T 2261.1-2003"`
	Options    []RegistryOption `json:"options" nullable:"false"`
}

// RegistryOption is one value of a choice.
type RegistryOption struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// RegistryRecord is one record. Values are canonical text by field: integer "12"; boolean "1" or "0"; date "2006-01-02";
// several values sorted, with ; between them; a division 12 digits; a masked value with asterisks. What is empty may be
// missing.
type RegistryRecord struct {
	Key     string            `json:"key"`
	Version int64             `json:"version" doc:"Counts its changes from 1; a change has to name it"`
	Values  map[string]string `json:"values" nullable:"false"`
}

// RegistryPage is a part of a list. Names are those of the units and divisions that the records refer to, by id and code.
type RegistryPage struct {
	Total   int               `json:"total" doc:"How many records there are in all"`
	Records []RegistryRecord  `json:"records" nullable:"false"`
	Names   map[string]string `json:"names" nullable:"false"`
}

// RegistryDetail is a record with all its fields and what has become of it, newest first.
type RegistryDetail struct {
	Record  RegistryRecord    `json:"record"`
	Names   map[string]string `json:"names" nullable:"false"`
	History []RegistryEvent   `json:"history" nullable:"false"`
}

// RegistryEvent is one change of a record.
type RegistryEvent struct {
	Set    RegistryChangeSet `json:"set"`
	Fields []RegistryDelta   `json:"fields" nullable:"false"`
}

// RegistryDelta is what was in a field and what came there, masked as in a list.
type RegistryDelta struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// RegistryFilter keeps the records whose field stands to the values as op says. A division is in another one where it lies
// in it; a unit contains a part of its name; of several values any may be meant.
type RegistryFilter struct {
	Field  string   `json:"field" maxLength:"64"`
	Op     string   `json:"op" enum:"eq,ne,in,contains,starts,ge,le,between,empty,filled"`
	Values []string `json:"values,omitempty" maxItems:"500" doc:"Canonical text; of a masked field the whole plain text, with eq or in"`
}

// RegistryOrder sorts by a field; what is empty comes last either way.
type RegistryOrder struct {
	Field string `json:"field" maxLength:"64"`
	Desc  bool   `json:"desc,omitempty"`
}

// RegistryQuery asks for records.
type RegistryQuery struct {
	Search  string           `json:"search,omitempty" maxLength:"64" doc:"Part of the name, or the start of its pinyin, initials or the key"`
	Filters []RegistryFilter `json:"filters,omitempty" maxItems:"20"`
	Sort    []RegistryOrder  `json:"sort,omitempty" maxItems:"5"`
	Columns []string         `json:"columns,omitempty" maxItems:"100" doc:"Field keys; the table's default ones where left out"`
}

// RegistrySearch asks for a page of records.
type RegistrySearch struct {
	RegistryQuery
	RecordPage
}

// RegistryReveal asks to see a masked value. The reason goes into the ledger.
type RegistryReveal struct {
	Field  string `json:"field" maxLength:"64"`
	Reason string `json:"reason" minLength:"1" maxLength:"200"`
}

// RegistrySecret is a masked value in plain text; empty where there is none.
type RegistrySecret struct {
	Value string `json:"value"`
}

// RegistryView is a named way to look at a table, of the caller alone.
type RegistryView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	RegistryQuery
}

// RegistryViewList are the caller's views of a table, by name.
type RegistryViewList struct {
	Views []RegistryView `json:"views" nullable:"false"`
}

// RegistryViewWish is a view to keep; one of the same name is replaced. A filter by a masked field's value is refused.
type RegistryViewWish struct {
	Name string `json:"name" minLength:"1" maxLength:"40"`
	RegistryQuery
}

// RegistryChange asks for a record to be as the values say; what they do not name stays.
type RegistryChange struct {
	Key       string            `json:"key,omitempty" maxLength:"64" doc:"Left out for a new unit or cadre, which gets one"`
	Version   int64             `json:"version,omitempty" minimum:"0" doc:"That of the record as it was read; 0 for a new one"`
	Values    map[string]string `json:"values" doc:"Canonical text, or as people write it; empty to take away; a mask to leave it"`
	Confirmed bool              `json:"confirmed,omitempty" doc:"A person's word that a new cadre is not the namesake who is there"`
}

// RegistryChanges are changes to be made together: of the records that are named, or of all that a query finds.
type RegistryChanges struct {
	Records  []RegistryChange  `json:"records,omitempty" maxItems:"500"`
	Query    *RegistryQuery    `json:"query,omitempty" doc:"All records that it finds, in place of records; its sort and columns do not count"`
	Values   map[string]string `json:"values,omitempty" doc:"With a query: what they all become"`
	Count    int               `json:"count,omitempty" minimum:"0" doc:"With a query: how many the caller was shown; where it finds another number, all is refused"`
	DryRun   bool              `json:"dry_run,omitempty" doc:"Say what would come of it, and change nothing"`
	GoodOnly bool              `json:"good_only,omitempty" doc:"Leave out what is refused; otherwise one refused change refuses all"`
	Reason   string            `json:"reason,omitempty" maxLength:"200" doc:"Kept with the change set"`
}

// RegistryCounts are how many changes come to what.
type RegistryCounts struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Refused int `json:"refused"`
}

// RegistryVerdict is what came of changes, or would come. Nothing was changed where there is no change set.
type RegistryVerdict struct {
	ChangeSet *RegistryChangeSet `json:"change_set,omitempty" doc:"What was written; left out for a dry run, for nothing to do and for a refusal"`
	Counts    RegistryCounts     `json:"counts"`
	Outcomes  []RegistryOutcome  `json:"outcomes" nullable:"false" doc:"Of the changes in their order; of a query the refused ones only, 500 at most"`
}

// RegistryOutcome is what comes of one change.
type RegistryOutcome struct {
	Key    string          `json:"key" doc:"Empty for a new record that has not got one yet"`
	Kind   string          `json:"kind" enum:"added,changed,same,refused"`
	Faults []RegistryFault `json:"faults" nullable:"false"`
}

// RegistryFault says what is wrong with a value; with the whole record where the field is empty.
type RegistryFault struct {
	Field    string `json:"field"`
	Value    string `json:"value" doc:"What was written, empty for a masked field"`
	Code     string `json:"code" doc:"Message key"`
	Message  string `json:"message" doc:"In the caller's language"`
	Expected string `json:"expected" doc:"What the field takes; empty for nothing to say"`
}

// RegistryChangeSet is one write to a table, of one record or of thousands.
type RegistryChangeSet struct {
	ID      string      `json:"id"`
	Entity  string      `json:"entity" enum:"region,unit,cadre,village"`
	Origin  string      `json:"origin" enum:"form,bulk,import,undo,load"`
	Reason  string      `json:"reason"`
	By      string      `json:"by" doc:"Name of who did it"`
	Own     bool        `json:"own" doc:"The caller did it"`
	Region  domain.Code `json:"region" doc:"The division of who did it"`
	At      time.Time   `json:"at"`
	Added   int64       `json:"added"`
	Changed int64       `json:"changed"`
	Removed int64       `json:"removed"`
	Undoes  string      `json:"undoes" doc:"The set that this one took back; empty for none"`
	Undone  string      `json:"undone" doc:"The set that took this one back; empty for none"`
}

// RegistryChangeSetList are the newest change sets of a table.
type RegistryChangeSetList struct {
	Sets []RegistryChangeSet `json:"sets" nullable:"false"`
}

// RegistryChangeSetDetail is a change set with what it did. Total counts its records; those told are one page of them.
type RegistryChangeSetDetail struct {
	Set     RegistryChangeSet      `json:"set"`
	Total   int                    `json:"total"`
	Records []RegistryRecordChange `json:"records" nullable:"false"`
}

// RegistryRecordChange is what a set did to one record.
type RegistryRecordChange struct {
	Key    string          `json:"key"`
	Kind   string          `json:"kind" enum:"added,changed,removed"`
	Fields []RegistryDelta `json:"fields" nullable:"false"`
}

// EntityPath names a table.
type EntityPath struct {
	Entity string `path:"entity" maxLength:"16" doc:"region, unit, cadre or village"`
}

// RecordPath names a record.
type RecordPath struct {
	EntityPath
	Key string `path:"key" maxLength:"64"`
}

// ChangeSetPath names a change set.
type ChangeSetPath struct {
	Set string `path:"set" maxLength:"64"`
}

// RecordQuery asks for records in an address.
type RecordQuery struct {
	Search  string   `query:"q" maxLength:"64" doc:"Part of the name, or the start of its pinyin, initials or the key"`
	Filters []string `query:"filter,explode" maxItems:"20" doc:"field:op:values, as in RegistryFilter; ; between the values of in and between. No values of masked fields"`
	Sort    []string `query:"sort" maxItems:"5" doc:"Field keys with , between them, - in front to begin with the last"`
	Columns []string `query:"columns" maxItems:"100" doc:"Field keys with , between them; the table's default ones where left out"`
}

// RecordPage cuts a list of records.
type RecordPage struct {
	Offset int `query:"offset" json:"offset,omitempty" minimum:"0" maximum:"1000000" default:"0"`
	Limit  int `query:"limit" json:"limit,omitempty" minimum:"1" maximum:"500" default:"100"`
}

// ViewPath names a view of a table.
type ViewPath struct {
	EntityPath
	View string `path:"view" maxLength:"64"`
}
