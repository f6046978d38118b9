package problem_test

import (
	"reflect"
	"testing"

	"jieli/internal/dispatch/problem"
)

// fuzzFile feeds the file with whatever may come; the other files are those of the small problem.
func fuzzFile(f *testing.F, name string, seeds ...string) {
	base := small(f)
	f.Add(base[name])
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		in := folder{}
		for file, text := range base {
			in[file] = text
		}
		in[name] = data
		p, faults := in.decode()
		if (p == nil) != (len(faults) > 0) || len(faults) > problem.MaxFaults {
			t.Fatalf("problem %v with %d faults", p != nil, len(faults))
		}
		for _, fault := range faults {
			if fault.Key == "" || fault.File == "" || fault.Line < 0 || fault.Column < 0 {
				t.Fatalf("%+v", fault)
			}
		}
		if p == nil {
			return
		}
		again, faults := folderOf(p.Files()).decode()
		if len(faults) > 0 || !reflect.DeepEqual(again.Files(), p.Files()) {
			t.Fatalf("what was read is not what is written: %v", faults)
		}
		if len(p.Villages) < 100 && p.Bound(p.NoPrices()) < p.Score(nil).Total() {
			t.Fatal("the bound is below the score of no team")
		}
	})
}

func FuzzVillages(f *testing.F) {
	fuzzFile(f, "villages.csv", "", "code\n1", "code,name,category,x,y,difficulty,prior_unit,neighbours,need_a\n430102001201,,weak,0,0,0,,430102001201;,1\n")
}

func FuzzUnits(f *testing.F) {
	fuzzFile(f, "units.csv", "", "id\n\"", "id,name,level,region,strength,lead_unit,x,y,min_teams,max_teams,skill_farming,skill_party\nA,,city,4301,1,A,0,0,0,0,1,1\n")
}

func FuzzCadres(f *testing.F) { fuzzFile(f, "cadres.csv", "", "\xef\xbb\xbfid,unit\nA,K1\n") }

func FuzzPolicy(f *testing.F) {
	fuzzFile(f, "policy.csv", "", "key,value\ncluster_max,20\nw_unit_match,1000000\nw_cadre_match,214000\npenalty_key,1000000000\n")
}

func FuzzShares(f *testing.F) {
	fuzzFile(f, "shares.csv", "", "level,attribute,percent,skill\ncity,rural,100,\n")
}

func FuzzPins(f *testing.F) {
	fuzzFile(f, "pins.csv", "", "kind,subject,village\ncadre,D01,430102002201\ncadre,D01,430102002202\nunit,K1,430102002203\n")
}

func FuzzPlan(f *testing.F) {
	p := small(f).problem(f)
	good := planFolder(f, p)
	f.Add(good["teams.csv"], good["members.csv"], good["certificate.csv"], good["tight.csv"], good["unserved.csv"], good["summary.json"])
	f.Add("team,unit,villages\nA,K1,;\n", "team,cadre,role\nA,A01,leader\n", "kind,id,price\nvillage,430102001201,-1000000000000\n",
		"kind,id,price\nvillage,430102001201,-1000000000000\nvillage,430102001202,1000000000000\nshare,1,2000\n", "", "{}")
	f.Fuzz(func(t *testing.T, teams, members, certificate, tight, unserved, summary string) {
		in := folder{"teams.csv": teams, "members.csv": members, "certificate.csv": certificate, "tight.csv": tight, "unserved.csv": unserved,
			"summary.json": summary}
		read, faults := p.ReadPlan(in.open())
		if (read == nil) != (len(faults) > 0) {
			t.Fatalf("plan %v, faults %v", read != nil, faults)
		}
		if read == nil {
			return
		}
		found := p.Found(read)
		p.CheckClaims(read, found)
		p.Unserved(read.Teams)
		if len(p.Check(read.Teams)) > 0 {
			return
		}
		if found.Bound < found.Score || read.Tight.Site != nil && found.TightBound < found.Score {
			t.Fatalf("a plan that keeps the rules scores %d, above the bounds %d and %d", found.Score, found.Bound, found.TightBound)
		}
	})
}
