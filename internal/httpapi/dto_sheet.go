package httpapi

import "time"

// SheetImport is a sheet that the caller brought. It is tried first; once tried, it can be accepted.
type SheetImport struct {
	ID        string         `json:"id"`
	Entity    string         `json:"entity" enum:"region,unit,cadre,village"`
	FileName  string         `json:"file_name"`
	Sheet     string         `json:"sheet" doc:"The sheet to read; empty for the first one in sight"`
	Status    string         `json:"status" enum:"trying,tried,writing,written,failed,cancelled"`
	Job       string         `json:"job" doc:"The newest job of it; see watchJob"`
	Progress  *SheetProgress `json:"progress,omitempty" doc:"Left out where no job runs"`
	Counts    SheetCounts    `json:"counts" doc:"Of the newest try; zeros before it"`
	Heads     int64          `json:"heads" doc:"Faults of the headings; where there is one, no row was looked at"`
	GoodOnly  bool           `json:"good_only" doc:"It was accepted without the refused rows"`
	Reason    string         `json:"reason"`
	ChangeSet string         `json:"change_set" doc:"What it wrote; empty for nothing"`
	Failure   *JobFailure    `json:"failure,omitempty" doc:"Why it failed, or was not written; left out for nothing"`
	CreatedAt time.Time      `json:"created_at"`
	UpdatedAt time.Time      `json:"updated_at"`
	RemoveAt  time.Time      `json:"remove_at" doc:"When the file and its report go"`
}

// SheetCounts are how many rows come to what.
type SheetCounts struct {
	Total   int64 `json:"total"`
	Added   int64 `json:"added"`
	Changed int64 `json:"changed"`
	Same    int64 `json:"same"`
	Refused int64 `json:"refused"`
}

// SheetProgress is how far a job has come; of is how many rows there are.
type SheetProgress struct {
	SheetCounts
	Of int64 `json:"of"`
}

// SheetImportList are the caller's imports, newest first.
type SheetImportList struct {
	Imports []SheetImport `json:"imports" nullable:"false"`
}

// SheetReport is what comes, or came, of each row. Total counts the rows of the kind that was asked for.
type SheetReport struct {
	Counts SheetCounts      `json:"counts"`
	Heads  []SheetHeadFault `json:"heads" nullable:"false"`
	Total  int              `json:"total"`
	Rows   []SheetRow       `json:"rows" nullable:"false"`
}

// SheetHeadFault is what is wrong with the headings.
type SheetHeadFault struct {
	Heading string `json:"heading"`
	Wrong   string `json:"wrong" doc:"In the caller's language"`
}

// SheetRow is one row of a sheet.
type SheetRow struct {
	Row    int          `json:"row" doc:"Number at the sheet's edge"`
	Key    string       `json:"key" doc:"The record's; empty for a new one that has not got one yet"`
	Kind   string       `json:"kind" enum:"added,changed,same,refused"`
	Faults []SheetFault `json:"faults" nullable:"false"`
}

// SheetFault is what is wrong with one cell, or with its row where the column is empty.
type SheetFault struct {
	Column   string `json:"column" doc:"Letters"`
	Heading  string `json:"heading"`
	Value    string `json:"value" doc:"What was written; empty for a masked field"`
	Wrong    string `json:"wrong" doc:"In the caller's language"`
	Expected string `json:"expected" doc:"What the column takes; empty for nothing to say"`
}

// SheetAccept has an import written.
type SheetAccept struct {
	GoodOnly bool   `json:"good_only,omitempty" doc:"Leave out the refused rows; otherwise there may be none"`
	Reason   string `json:"reason,omitempty" maxLength:"200" doc:"Kept with the change set"`
}

// ImportPath names an import.
type ImportPath struct {
	Import string `path:"import" maxLength:"64"`
}

// Paper is an official paper to print. All texts are in the caller's language.
type Paper struct {
	Title    string        `json:"title"`
	Body     string        `json:"body" doc:"Who files it"`
	Date     string        `json:"date"`
	Secrecy  string        `json:"secrecy" doc:"The mark in the corner, or empty"`
	Measure  string        `json:"measure" doc:"What the numbers count"`
	Maker    string        `json:"maker"`
	Checker  string        `json:"checker"`
	Labels   PaperLabels   `json:"labels"`
	Columns  int           `json:"columns" doc:"Width of the table"`
	Header   [][]PaperHead `json:"header" nullable:"false" doc:"Rows of headings, from the top; a place that a span covers has none"`
	Rows     []PaperRow    `json:"rows" nullable:"false"`
	Notes    []string      `json:"notes" nullable:"false"`
	Portrait bool          `json:"portrait"`
}

// PaperLabels are the words of the frame, each with its colon.
type PaperLabels struct {
	Body    string `json:"body"`
	Date    string `json:"date"`
	Maker   string `json:"maker"`
	Checker string `json:"checker"`
	Page    string `json:"page"`
}

// PaperHead is one heading with its spans, both at least 1.
type PaperHead struct {
	Text    string `json:"text"`
	Columns int    `json:"columns"`
	Rows    int    `json:"rows"`
}

// PaperRow is one line of the table; a sum is set in bold.
type PaperRow struct {
	Sum   bool        `json:"sum"`
	Cells []PaperCell `json:"cells" nullable:"false"`
}

// PaperCell is one value as printed; numbers are set to the right.
type PaperCell struct {
	Text   string `json:"text"`
	Number bool   `json:"number"`
}

// PaperForm is what the office writes on a paper.
type PaperForm struct {
	Title   string `query:"title" maxLength:"100" doc:"The table's name where left out"`
	Filer   string `query:"filer" maxLength:"100" doc:"Who files it"`
	Date    string `query:"date" maxLength:"40" doc:"As printed; today where left out"`
	Secrecy string `query:"secrecy" maxLength:"40"`
	Maker   string `query:"maker" maxLength:"40"`
	Checker string `query:"checker" maxLength:"40"`
}
