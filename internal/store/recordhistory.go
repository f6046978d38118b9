package store

import "jieli/internal/registry/catalogue"

// RecordEvent is what one change set did to one record.
type RecordEvent struct {
	Set ChangeSet
	Row ChangeRow
}

type historyArgs struct {
	Entity catalogue.Entity
	Key    string
	Limit  int
}

const ofRecord = ` FROM change_row r JOIN change_set s ON s.id = r.change_set
	WHERE r.key = ?key AND s.entity = ?entity ORDER BY s.at DESC, s.id DESC LIMIT ?limit`

// RecordEvents are the changes of a record, newest first. Who may see the record is the caller's to know.
func RecordEvents(tx *Tx, e catalogue.Entity, key string, limit int) ([]RecordEvent, error) {
	args := historyArgs{e, key, limit}
	sets, err := all[ChangeSet](tx, `SELECT s.*`+ofRecord, args)
	if err != nil {
		return nil, err
	}
	rows, err := all[ChangeRow](tx, `SELECT r.*`+ofRecord, args)
	events := make([]RecordEvent, min(len(sets), len(rows)))
	for i := range events {
		events[i] = RecordEvent{sets[i].utc(), rows[i]}
	}
	return events, err
}
