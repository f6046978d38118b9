package domain

import "time"

// AccountRole is what an account may do; where it may do it is its scope.
type AccountRole string

// The office roles of the host line. Access denies whatever it does not expressly allow.
const (
	RoleProvinceOffice AccountRole = "province_office"
	RoleCityOffice     AccountRole = "city_office"
	RoleCountyOffice   AccountRole = "county_office"
	RoleTownshipOffice AccountRole = "township_office"
)

// Account is somebody who can sign in.
type Account struct {
	ID           string
	Username     string
	Name         string
	Role         AccountRole
	Region       Code   // the division whose range is the account's scope
	Unit         string // the sending unit that a unit's account speaks for; empty for an office
	PasswordHash string
	Disabled     bool
	Demo         bool // made by the demo; its password is known
	CreatedAt    time.Time
}
