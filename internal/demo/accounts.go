package demo

import (
	"encoding/binary"
	"fmt"
	"time"

	"jieli/internal/domain"
)

// madeAt is the day that the demo's accounts and its record are dated: the draw has no clock.
var madeAt = time.Date(2023, time.May, 1, 0, 0, 0, 0, time.UTC)

// Hash turns a password and its salt into what is kept of it.
type Hash func(plain string, salt []byte) string

// Credential lets somebody sign in to the demo.
type Credential struct {
	Username, Password string
	Name               string
	Role               domain.AccountRole
	Region             domain.Code
}

var demoOffices = []Credential{
	{Username: "hunan", Name: "湖南省驻村办", Role: domain.RoleProvinceOffice, Region: Province},
	{Username: "huaihua", Name: "怀化市驻村办", Role: domain.RoleCityOffice, Region: "431200000000"},
	{Username: "yuanling", Name: "沅陵县驻村办", Role: domain.RoleCountyOffice, Region: "431222000000"},
	{Username: "guanzhuang", Name: "沅陵县官庄镇", Role: domain.RoleTownshipOffice, Region: "431222114000"},
	{Username: "xiangxi", Name: "湘西州驻村办", Role: domain.RoleCityOffice, Region: "433100000000"},
	{Username: "huayuan", Name: "花垣县驻村办", Role: domain.RoleCountyOffice, Region: "433124000000"},
}

// words make passwords that can be read aloud.
var words = []string{
	"shan", "shui", "yun", "song", "zhu", "mei", "lan", "ju", "qiao", "lu", "tian", "cha", "dao", "mai", "yu", "feng",
	"xue", "yue", "xing", "he", "hu", "jiang", "quan", "xi", "chun", "xia", "qiu", "dong", "hong", "lv", "qing", "bai",
}

// Credentials are the demo's accounts with their passwords, which follow from the seed: whoever knows the seed knows
// them. They are for a demo only.
func Credentials(seed uint64) []Credential {
	all := make([]Credential, len(demoOffices))
	for i, c := range demoOffices {
		d := stream(seed, "password/"+c.Username)
		c.Password = fmt.Sprintf("%s-%s-%s-%d", pick(d, words), pick(d, words), pick(d, words), d.between(100, 999))
		all[i] = c
	}
	return all
}

// accounts gives the accounts as the store keeps them, with salts of 16 bytes.
func accounts(seed uint64, hash Hash) []domain.Account {
	credentials := Credentials(seed)
	all := make([]domain.Account, 0, len(credentials))
	for _, c := range credentials {
		d := stream(seed, "salt/"+c.Username)
		salt := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, d.Uint64()), d.Uint64())
		all = append(all, domain.Account{
			ID: "demo-" + c.Username, Username: c.Username, Name: c.Name, Role: c.Role, Region: c.Region,
			PasswordHash: hash(c.Password, salt), Demo: true, CreatedAt: madeAt,
		})
	}
	return all
}
