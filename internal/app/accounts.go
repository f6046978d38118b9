package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"jieli/internal/access/password"
	"jieli/internal/domain"
	"jieli/internal/ledger"
	"jieli/internal/store"
)

// Accounts manages who can sign in, for the administrator at the machine.
type Accounts struct{ store *store.Store }

// OpenAccounts opens the accounts of a database. Close them.
func OpenAccounts(ctx context.Context, dsn string, log io.Writer) (*Accounts, error) {
	kept, err := open(ctx, store.Options{DSN: dsn, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		return nil, err
	}
	return &Accounts{kept}, nil
}

// Close closes the database.
func (a *Accounts) Close() error { return a.store.Close() }

// NewAccount is an account to add. Password is in clear and is kept as a hash.
type NewAccount struct {
	Username, Name string
	Role           domain.AccountRole
	Region         domain.Code
	Password       string
}

// levelOf is the level of the division that an office of the role belongs to.
var levelOf = map[domain.AccountRole]domain.Level{
	domain.RoleProvinceOffice: domain.LevelProvince, domain.RoleCityOffice: domain.LevelCity,
	domain.RoleCountyOffice: domain.LevelCounty, domain.RoleTownshipOffice: domain.LevelTownship,
}

var usernames = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`)

const maxName = 64

func (n NewAccount) check() error {
	level, known := levelOf[n.Role]
	switch {
	case !usernames.MatchString(n.Username):
		return invalid("account.username_malformed", "username")
	case strings.TrimSpace(n.Name) == "" || utf8.RuneCountInString(n.Name) > maxName:
		return invalid("account.name_malformed", "name")
	case !known:
		return invalid("account.role_unknown", "role")
	case n.Region.Level() != level:
		return invalid("account.role_region", "region")
	}
	return checkPassword(n.Username, n.Password)
}

// checkPassword asks for a length (OWASP ASVS 5.0, 6.2.1 and 6.2.9) and that it is not the username.
func checkPassword(username, plain string) error {
	length := utf8.RuneCountInString(plain)
	if length < password.MinLength || length > password.MaxLength || strings.EqualFold(plain, username) {
		return &domain.Error{
			Kind: domain.KindInvalid, Key: "account.password_weak", Field: "password",
			Params: domain.Params{"min": password.MinLength, "max": password.MaxLength},
		}
	}
	return nil
}

func invalid(key, field string) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: key, Field: field}
}

// Add adds an account. Errors: account.username_malformed, account.name_malformed, account.role_unknown,
// account.role_region, account.password_weak, account.taken, region.not_found.
func (a *Accounts) Add(ctx context.Context, n NewAccount) error {
	if err := n.check(); err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	hash := password.Hash(n.Password, nil)
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if _, err := store.RegionByCode(tx, n.Region.Scope(), n.Region); err != nil {
			return err
		}
		account := domain.Account{
			ID: id.String(), Username: n.Username, Name: strings.TrimSpace(n.Name), Role: n.Role, Region: n.Region,
			PasswordHash: hash, CreatedAt: tx.Now(),
		}
		if err := store.InsertAccounts(tx, []domain.Account{account}); err != nil {
			return err
		}
		return record(tx, "account.create", account)
	})
}

// List gives all accounts, by region and username.
func (a *Accounts) List(ctx context.Context) ([]domain.Account, error) {
	var found []domain.Account
	err := a.store.Read(ctx, func(tx *store.Tx) error {
		var err error
		found, err = store.Accounts(tx)
		return err
	})
	return found, err
}

// Disable bars an account for good and ends its sessions.
func (a *Accounts) Disable(ctx context.Context, username string) error {
	return a.change(ctx, username, "account.disable", func(account *domain.Account) { account.Disabled = true })
}

// SetPassword gives an account another password and ends its sessions. Errors: account.password_weak, account.not_found.
func (a *Accounts) SetPassword(ctx context.Context, username, plain string) error {
	if err := checkPassword(username, plain); err != nil {
		return err
	}
	hash := password.Hash(plain, nil)
	return a.change(ctx, username, "account.password", func(account *domain.Account) { account.PasswordHash = hash })
}

// change changes one account. Sessions hold a fingerprint of the password and are checked against the account at each
// request, so that a change ends them at once.
func (a *Accounts) change(ctx context.Context, username, action string, apply func(*domain.Account)) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		account, err := store.AccountByUsername(tx, username)
		if err != nil {
			return err
		}
		apply(&account)
		if err := store.UpdateAccount(tx, account); err != nil {
			return err
		}
		return record(tx, action, account)
	})
}

// record notes in the ledger what was done at the machine itself.
func record(tx *store.Tx, action string, account domain.Account) error {
	return ledger.Record(tx, domain.LedgerEntry{
		Actor: "system", Action: action, Subject: "account/" + account.ID, Region: account.Region, Detail: "{}",
	})
}

// IsInput says whether an error is about what the administrator gave, rather than about the machine.
func IsInput(err error) bool {
	var told *domain.Error
	if !errors.As(err, &told) {
		return false
	}
	return told.Kind == domain.KindInvalid || told.Kind == domain.KindNotFound || told.Kind == domain.KindConflict
}
