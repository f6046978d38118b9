package httpapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// contract is the OpenAPI document, ready to send.
type contract struct{ json, yaml []byte }

func newContract(api *huma.OpenAPI) (contract, error) {
	json, err := api.MarshalJSON()
	if err != nil {
		return contract{}, err
	}
	yaml, err := api.YAML()
	return contract{json, yaml}, err
}

func (s *server) contractJSON(w http.ResponseWriter, _ *http.Request) {
	s.send(w, "application/openapi+json", s.contract.json)
}

func (s *server) contractYAML(w http.ResponseWriter, _ *http.Request) {
	s.send(w, "application/openapi+yaml", s.contract.yaml)
}
