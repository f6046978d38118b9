package app

import (
	"context"
	"time"

	"jieli/internal/demo"
	"jieli/internal/domain"
	"jieli/internal/store"
)

// clock is the machine's, running ahead by shift.
func clock(shift time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(shift) }
}

// mayShift refuses a clock that is not the machine's where the data are an office's own: its periods, such as those of a
// publication, have to pass. The error is KindInvalid, app.clock_of_office.
func mayShift(ctx context.Context, kept *store.Store, shift time.Duration) error {
	if shift == 0 {
		return nil
	}
	_, seed, err := demo.InUse(ctx, kept)
	if err == nil && seed == "" {
		err = &domain.Error{Kind: domain.KindInvalid, Key: "app.clock_of_office", Params: domain.Params{"shift": shift.String()}}
	}
	return err
}
