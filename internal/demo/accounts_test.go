package demo_test

import (
	"regexp"
	"strings"
	"testing"

	"jieli/internal/demo"
	"jieli/internal/domain"
)

var readable = regexp.MustCompile(`^[a-z]+-[a-z]+-[a-z]+-\d{3}$`)

func TestAccountsFollowFromTheSeed(t *testing.T) {
	eachSeed(t, func(t *testing.T, data demo.Data) {
		l := lookUp(data)
		hashes := map[string]string{}
		for i, c := range demo.Credentials(data.Seed) {
			a := data.Accounts[i]
			noTwice(t, hashes, a.PasswordHash, a.Username)
			if !readable.MatchString(c.Password) || !strings.HasPrefix(a.PasswordHash, c.Password+"/") || !a.Demo || a.Username != c.Username {
				t.Errorf("account %+v with password %s", a, c.Password)
			}
			if l.regions[a.Region].Name == "" || !strings.HasPrefix(string(a.Role), string(a.Region.Level())) {
				t.Errorf("%s is %s of %s", a.Username, a.Role, a.Region)
			}
		}
		if len(data.Accounts) != 6 {
			t.Errorf("%d accounts", len(data.Accounts))
		}
	})
	if demo.Credentials(1)[0].Password == demo.Credentials(2)[0].Password {
		t.Error("two seeds give the same password")
	}
}

func TestTheTownshipAccountHasVillagesToSee(t *testing.T) {
	data := draw(t, 1)
	for _, a := range data.Accounts {
		scope := a.Region.Scope()
		for _, round := range data.Rounds {
			if count(round.Villages, func(v domain.RoundVillage) bool { return scope.Holds(v.Code) }) == 0 {
				t.Errorf("%s sees no village of round %s", a.Username, round.Round.ID)
			}
		}
	}
}
