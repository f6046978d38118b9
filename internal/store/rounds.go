package store

import "jieli/internal/domain"

// InsertRound adds a round with its villages, units, candidates and pins. The policy version, the divisions, the units
// and the cadres come before.
func InsertRound(tx *Tx, in domain.RoundInput) error { return errSkeleton }

// Rounds are all rounds, the newest first.
func Rounds(tx *Tx) ([]domain.Round, error) { return nil, errSkeleton }

// RoundByID gives a round, or round.not_found.
func RoundByID(tx *Tx, id string) (domain.Round, error) { return domain.Round{}, errSkeleton }

// RoundInput is all that a plan of the round is made from: villages by code, units and candidates by id, pins by
// village, kind and subject.
func RoundInput(tx *Tx, id string) (domain.RoundInput, error) {
	return domain.RoundInput{}, errSkeleton
}

// SetRoundPlan makes a plan of the round the one that counts.
func SetRoundPlan(tx *Tx, round, plan string) error { return errSkeleton }
