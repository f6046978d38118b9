package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"jieli/internal/httpapi"
)

// TestEveryAnswerIsWhatTheContractSays asks every reading route for what is there and for what is not, as an office of
// each level, and holds each body against its schema: no missing, unknown or null field.
func TestEveryAnswerIsWhatTheContractSays(t *testing.T) {
	w := newWorld(t)
	good := map[string]int{}
	for _, account := range fixtureAccounts[:6] {
		c := w.as(account.username)
		for _, line := range httpapi.Table() {
			if line.ID == "" || !strings.HasPrefix(line.Pattern, "GET ") {
				continue
			}
			for _, path := range asks(line) {
				got := c.get(path)
				if kind := got.Header.Get("Content-Type"); !strings.Contains(kind, "json") { // its own test reads it
					good[line.ID]++
					continue
				}
				var body any
				if err := json.Unmarshal(got.body, &body); err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				if faults := httpapi.Fits(line.ID, got.StatusCode, body); len(faults) > 0 {
					t.Fatalf("%s: %d %v: %s", path, got.StatusCode, faults, got.body)
				}
				if got.StatusCode == http.StatusOK {
					good[line.ID]++
				}
			}
		}
	}
	for _, line := range httpapi.Table() {
		if line.ID != "" && !ofGate(line) && strings.HasPrefix(line.Pattern, "GET ") && good[line.ID] == 0 {
			t.Errorf("%s was never answered", line.ID)
		}
	}
}

func TestSigningInAnswersWhatTheContractSays(t *testing.T) {
	w := newWorld(t)
	for status, got := range map[int]reply{
		http.StatusOK: w.nobody().signIn("county", secret), http.StatusUnauthorized: w.nobody().signIn("county", "no"),
		http.StatusUnprocessableEntity: w.nobody().do(http.MethodPost, "/api/session", `{"username":"county"}`),
	} {
		var body any
		if err := json.Unmarshal(got.body, &body); err != nil || got.StatusCode != status {
			t.Fatalf("%d %s: %v", got.StatusCode, got.body, err)
		}
		if faults := httpapi.Fits("signIn", got.StatusCode, body); len(faults) > 0 {
			t.Errorf("%d: %v", status, faults)
		}
	}
}

// The check itself must notice a fault, or the tests above hold nothing.
func TestTheContractCheckNotices(t *testing.T) {
	for body, why := range map[string]string{
		`{}`: "missing", `{"rounds":null}`: "null", `{"rounds":[],"more":1}`: "unknown", `{"rounds":[{"id":1}]}`: "type",
	} {
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatal(err)
		}
		if len(httpapi.Fits("listRounds", http.StatusOK, v)) == 0 {
			t.Errorf("%s was not noticed: %s", why, body)
		}
	}
	if len(httpapi.Fits("listRounds", http.StatusOK, map[string]any{"rounds": []any{}})) != 0 {
		t.Error("a good body was refused")
	}
}
