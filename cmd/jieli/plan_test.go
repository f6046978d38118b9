package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/i18n"
	"jieli/internal/solver"
)

const smallProblem = "../../internal/dispatch/problem/testdata/small"

// planning runs the command line in the language and gives exit code, output and what was told on standard error.
func planning(ctx context.Context, language string, args ...string) (code int, out, told string) {
	var stdout, stderr bytes.Buffer
	getenv := func(name string) string {
		if name == "JIELI_LANG" {
			return language
		}
		return ""
	}
	code = run(ctx, args, strings.NewReader(""), &stdout, &stderr, getenv)
	return code, stdout.String(), stderr.String()
}

// planned makes a plan of the small problem in a new folder.
func planned(t *testing.T, args ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "plan")
	code, _, told := planning(t.Context(), "en", append([]string{"plan", "--in", smallProblem, "--out", dir, "--time-limit", "20s"}, args...)...)
	if code != exitOK {
		t.Fatal(told)
	}
	return dir
}

func edit(t *testing.T, path string, change func(string) string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	now := change(string(data))
	if now == string(data) {
		t.Fatalf("%s: nothing to change", path)
	}
	if err := os.WriteFile(path, []byte(now), 0o600); err != nil {
		t.Fatal(err)
	}
}

func problemCopy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "problem")
	if err := os.CopyFS(dir, os.DirFS(smallProblem)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAPlanIsMadeAndVerified(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "plan")
	code, out, told := planning(t.Context(), "en", "plan", "--in", smallProblem, "--out", dir, "--time-limit", "20s")
	if code != exitOK || !strings.Contains(told, "read 8 villages, 7 units, 24 candidates") {
		t.Fatalf("%d\n%s", code, told)
	}
	var summary problem.Summary
	data, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	if err := errors.Join(err, json.Unmarshal(data, &summary)); err != nil {
		t.Fatal(err)
	}
	if summary.Bound < summary.Score || summary.Teams == 0 || summary.Members > 18 || summary.Gap < 0 {
		t.Errorf("%+v", summary)
	}
	if !regexp.MustCompile(`^score -?\d+\nbound -?\d+\ngap \d+\.\d{4}%\nteams \d+\nmembers \d+\nunserved \d+\ntight bound -?\d+\ntight gap \d+\.\d{4}%\nfairness: strong units lean to hard villages \(concentration \+0\.\d{3}\); .* is \d{12}\n$`).MatchString(out) {
		t.Errorf("%q", out)
	}
	code, again, told := planning(t.Context(), "en", "verify", "--in", smallProblem, "--plan", dir)
	if code != exitOK || again != out || !strings.Contains(told, "verified: every rule is kept and the bound holds") {
		t.Errorf("%d\n%s\n%s", code, again, told)
	}
}

func TestTheSameBytesWhateverTheWorkers(t *testing.T) {
	one, three := planned(t, "--workers", "1", "--seed", "5"), planned(t, "--workers", "3", "--seed", "5")
	for _, name := range []string{"teams.csv", "members.csv", "unserved.csv", "certificate.csv", "tight.csv"} {
		a, errA := os.ReadFile(filepath.Join(one, name))
		b, errB := os.ReadFile(filepath.Join(three, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs: %v %v", name, errA, errB)
		}
	}
}

func TestAPlanMayStartFromAnEarlierOneAndReplaceIt(t *testing.T) {
	dir := planned(t)
	before, err := os.ReadFile(filepath.Join(dir, "teams.csv"))
	if err != nil {
		t.Fatal(err)
	}
	code, _, told := planning(t.Context(), "en", "plan", "--in", smallProblem, "--out", dir, "--from", dir, "--time-limit", "20s")
	if code != exitOK || !strings.Contains(told, "starting from the earlier plan: "+strconv.Itoa(bytes.Count(before, []byte("\n"))-1)+" teams") {
		t.Fatalf("%d\n%s", code, told)
	}
	if code, _, told := planning(t.Context(), "en", "verify", "--in", smallProblem, "--plan", dir); code != exitOK {
		t.Error(told)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 7 { // with tight.csv and changes.csv
		t.Errorf("%v %v", entries, err)
	}
}

func TestBadInputEndsWithTwoAndWritesNothing(t *testing.T) {
	in := problemCopy(t)
	edit(t, filepath.Join(in, "villages.csv"), func(s string) string { return strings.Replace(s, "consolidated", "consolidate", 1) })
	edit(t, filepath.Join(in, "cadres.csv"), func(s string) string { return strings.Replace(s, "G03,K4", "G03,K9", 1) })
	parent := t.TempDir()
	code, out, told := planning(t.Context(), "en", "plan", "--in", in, "--out", filepath.Join(parent, "made", "plan"))
	want := `villages.csv:7: column 3 (category): "consolidate" is not allowed; one of these is expected: key, weak, demonstration, consolidated
cadres.csv:25: column 2 (unit): "K9" is not in units.csv
2 errors; nothing was written
`
	if code != exitInput || out != "" || told != want {
		t.Errorf("%d %q\n%s", code, out, told)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
	if code, _, told := planning(t.Context(), "zh-CN", "verify", "--in", in, "--plan", parent); code != exitInput || !strings.Contains(told, "villages.csv:7: 第 3 列（category）") {
		t.Errorf("%d %s", code, told)
	}
}

func TestAHundredErrorsAreTold(t *testing.T) {
	in := problemCopy(t)
	edit(t, filepath.Join(in, "cadres.csv"), func(s string) string { return s + strings.Repeat("A01,K1,1980,3,0,1,0,0,0,,1,1\n", 250) })
	code, _, told := planning(t.Context(), "en", "plan", "--in", in, "--out", filepath.Join(t.TempDir(), "plan"))
	if code != exitInput || strings.Count(told, "\n") != 101 || !strings.Contains(told, "too many errors, these are the first 100") {
		t.Errorf("%d %s", code, told)
	}
}

func TestWrongCommandLines(t *testing.T) {
	for says, args := range map[string][]string{
		"--in is missing":                    {"plan", "--out", "x"},
		"--out is missing":                   {"plan", "--in", smallProblem},
		"--plan is missing":                  {"verify", "--in", smallProblem},
		"--workers must not be negative":     {"plan", "--in", smallProblem, "--out", "x", "--workers", "-1"},
		"--target-gap must not be negative":  {"plan", "--in", smallProblem, "--out", "x", "--target-gap", "-1"},
		"--time-limit must not be negative":  {"plan", "--in", smallProblem, "--out", "x", "--time-limit", "-1s"},
		"unknown flag":                       {"plan", "--speed", "fast"},
		"invalid argument":                   {"plan", "--time-limit", "soon"},
		"unknown command":                    {"plan", "here"},
		"is no folder that can be read":      {"plan", "--in", "no such folder", "--out", "x"},
		"teams.csv: the file is missing":     {"verify", "--in", smallProblem, "--plan", smallProblem},
		"members.csv: the file is missing":   {"plan", "--in", smallProblem, "--out", "x", "--from", smallProblem},
		"certificate.csv: the file is missi": {"verify", "--in", smallProblem, "--plan", smallProblem},
	} {
		code, out, told := planning(t.Context(), "en", args...)
		if code != exitInput || out != "" || !strings.Contains(told, says) {
			t.Errorf("%v: %d %q %q", args, code, out, told)
		}
	}
	if _, err := os.Stat("x"); err == nil {
		t.Error("something was written")
	}
}

func TestAnUnwritableFolderIsToldBeforeTheWork(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, told := planning(t.Context(), "en", "plan", "--in", smallProblem, "--out", filepath.Join(file, "plan"))
	if code == exitOK || out != "" || !strings.Contains(told, "cannot be written") || strings.Contains(told, "score") {
		t.Errorf("%d %q %q", code, out, told)
	}
}

// TestAnInterruptedPlanIsWrittenOrToldToBeNone ends the context before the search: a plan to start from is never lost, and
// without one there is either a plan that stands or a word that there is none.
func TestAnInterruptedPlanIsWrittenOrToldToBeNone(t *testing.T) {
	from := planned(t)
	ctx, end := context.WithCancel(t.Context())
	end()
	parent := t.TempDir()
	dir := filepath.Join(parent, "again")
	code, out, told := planning(ctx, "en", "plan", "--in", smallProblem, "--out", dir, "--from", from)
	if code != exitOK || !strings.HasPrefix(out, "score ") {
		t.Errorf("%d %q %q", code, out, told)
	}
	if code, _, told := planning(t.Context(), "en", "verify", "--in", smallProblem, "--plan", dir); code != exitOK {
		t.Error(told)
	}
	var summary problem.Summary
	data, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	if err := errors.Join(err, json.Unmarshal(data, &summary)); err != nil || summary.Bound < summary.Score {
		t.Errorf("%+v %v", summary, err)
	}
	if (summary.Status == "stopped") != strings.Contains(told, "stopped: this is the best plan so far") {
		t.Errorf("status %s, told %q", summary.Status, told)
	}
	none := filepath.Join(parent, "none")
	code, out, told = planning(ctx, "en", "plan", "--in", smallProblem, "--out", none)
	_, err = os.Stat(none)
	switch {
	case code == exitOK && err == nil:
	case code == exitFailed && err != nil && out == "" && strings.Contains(told, "stopped before there was a plan; nothing was written"):
	default:
		t.Errorf("%d %q %q %v", code, out, told, err)
	}
	if left, err := filepath.Glob(filepath.Join(parent, ".*")); err != nil || len(left) > 0 {
		t.Errorf("half-written: %v %v", left, err)
	}
}

func TestAGapThatIsGoodEnoughEndsTheSearch(t *testing.T) {
	dir := planned(t, "--target-gap", "90")
	data, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	var summary problem.Summary
	if err := errors.Join(err, json.Unmarshal(data, &summary)); err != nil || summary.Gap > 0.9 || summary.Status == "stalled" {
		t.Errorf("%+v %v", summary, err)
	}
	for _, wrong := range []string{"-1", "NaN"} {
		if code, _, told := planning(t.Context(), "en", "plan", "--in", smallProblem, "--out", "x", "--target-gap", wrong); code != exitInput {
			t.Errorf("%s: %d %s", wrong, code, told)
		}
	}
}

func TestAPlanMadeAnewTellsItsChanges(t *testing.T) {
	from, in := planned(t), problemCopy(t)
	edit(t, filepath.Join(in, "cadres.csv"), func(s string) string {
		return regexp.MustCompile("(?m)^D03,.*\n").ReplaceAllString(s, "")
	})
	edit(t, filepath.Join(in, "policy.csv"), func(s string) string { return s + "keep,100000000\n" })
	dir := filepath.Join(t.TempDir(), "anew")
	code, out, told := planning(t.Context(), "en", "plan", "--in", in, "--out", dir, "--from", from)
	if code != exitOK || !strings.Contains(out, "kept 6 teams and ") || !strings.Contains(out, "  members who left a team: 1\n") {
		t.Fatalf("%d %s %s", code, out, told)
	}
	changes, err := os.ReadFile(filepath.Join(dir, "changes.csv"))
	want := "kind,village,team,subject,cause\n"
	if err != nil || !strings.HasPrefix(string(changes), want) ||
		!strings.Contains(string(changes), "member_left,430102002201,T000003,D03,candidate D03 is not in the problem any more\n") {
		t.Errorf("%s %v", changes, err)
	}
	if code, _, told := planning(t.Context(), "zh-CN", "verify", "--in", in, "--plan", dir); code != exitOK {
		t.Error(told)
	}
}

func TestVerifyEndsWithOneWhereSomethingIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		file   string
		change func(string) string
		says   string
	}{
		"a member too many":  {"members.csv", func(s string) string { return s + "T000001,C03,member\n" }, "breaks rule 4: candidate C03"},
		"a team is gone":     {"teams.csv", func(s string) string { return s[:strings.LastIndex(strings.TrimSpace(s), "\n")+1] }, "is not in teams.csv"},
		"an unknown village": {"teams.csv", func(s string) string { return strings.Replace(s, "430102001201", "430102001209", 1) }, "is not in villages.csv"},
		"a better score claimed": {"summary.json", func(s string) string {
			return regexp.MustCompile(`"score": -?\d+`).ReplaceAllString(s, `"score": 99999999`)
		}, "score is said to be 99999999"},
		"a better bound claimed": {"summary.json", func(s string) string { return regexp.MustCompile(`"bound": -?\d+`).ReplaceAllString(s, `"bound": 1`) }, "bound is said to be 1"},
		"a better tight bound claimed": {"summary.json", func(s string) string {
			return regexp.MustCompile(`"tight_bound": -?\d+`).ReplaceAllString(s, `"tight_bound": 1`)
		}, "tight_bound is said to be 1"},
		"another tight price": {"tight.csv", func(s string) string { return s + "headcount,0,900000\n" }, "tight_bound is said to be"},
		"a price below zero":  {"certificate.csv", func(s string) string { return s + "cadre,E02,-1\n" }, "-1 is out of range, 0 to"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := planned(t)
			edit(t, filepath.Join(dir, c.file), c.change)
			code, out, told := planning(t.Context(), "en", "verify", "--in", smallProblem, "--plan", dir)
			if code != exitFailed || !strings.HasPrefix(out, "score ") || !strings.Contains(told, c.says) || !strings.Contains(told, "not verified: ") {
				t.Errorf("%d\n%s\n%s", code, out, told)
			}
		})
	}
}

// TestAPlanFromOutsideNeedsNoReasonsAndNoSummary verifies what other programs write.
func TestAPlanFromOutsideNeedsNoReasonsAndNoSummary(t *testing.T) {
	dir := planned(t)
	if err := errors.Join(os.Remove(filepath.Join(dir, "unserved.csv")), os.Remove(filepath.Join(dir, "summary.json")),
		os.Remove(filepath.Join(dir, "tight.csv"))); err != nil {
		t.Fatal(err)
	}
	if code, _, told := planning(t.Context(), "en", "verify", "--in", smallProblem, "--plan", dir); code != exitOK {
		t.Error(told)
	}
}

// TestProgressIsTold once a second, and at once for the first plan.
func TestProgressIsTold(t *testing.T) {
	var told bytes.Buffer
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	tell := env{err: &told, text: catalog.Printer("en")}.progress()
	for _, p := range []solver.Progress{
		{Phase: "start", Score: -9, Bound: 20, Seconds: 0.1}, {Phase: "a", Score: -9, Bound: 20, Seconds: 0.2},
		{Phase: "b", Score: 3, Bound: 20, Seconds: 0.3}, {Phase: "b", Score: 4, Bound: 19, Seconds: 0.4},
		{Phase: "b", Score: 5, Bound: 19, Seconds: 1.2}, {Phase: "c", Score: 6, Bound: 19, Seconds: 1.35},
	} {
		tell(p)
	}
	want := "0.1 s  start  score -9  bound 20\n0.3 s  b  score 3  bound 20\n1.4 s  c  score 6  bound 19\n"
	if told.String() != want {
		t.Errorf("%s", told.String())
	}
}
