package httpapi

import "jieli/internal/domain"

// Credentials sign somebody in.
type Credentials struct {
	Username string `json:"username" minLength:"1" maxLength:"64"`
	Password string `json:"password" minLength:"1" maxLength:"256"`
}

// Me is who is signed in, and the region that is theirs.
type Me struct {
	ID       string             `json:"id"`
	Username string             `json:"username"`
	Name     string             `json:"name"`
	Role     domain.AccountRole `json:"role" enum:"province_office,city_office,county_office,township_office"`
	Region   RegionRef          `json:"region"`
}
