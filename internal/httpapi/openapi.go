package httpapi

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// contractVersion is the version of the contract, not of the program; it changes when the contract does.
const contractVersion = "1.0.0"

const sessionScheme = "session"

// humaConfig is the contract's frame. There is no documentation page: huma's own one loads from foreign hosts.
func humaConfig() huma.Config {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	registry.RegisterTypeAlias(reflect.TypeFor[huma.ErrorModel](), reflect.TypeFor[Problem]())
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:   "Jieli",
				Version: contractVersion,
				Description: "Village posting: rounds, dispatch plans, teams. A code, plan or team outside the caller's scope " +
					"answers 404, so that nothing is confirmed. Errors are application/problem+json with a message key in `code`.",
			},
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					sessionScheme: {Type: "apiKey", In: "cookie", Name: cookieName},
				},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		RejectUnknownQueryParameters: true,
	}
}

// OpenAPI is the contract as YAML, OpenAPI 3.1: the same bytes for the same table.
func OpenAPI() ([]byte, error) {
	api, _ := new(server).mount(http.NewServeMux())
	return api.OpenAPI().YAML()
}
