package main

import (
	"github.com/spf13/cobra"

	"jieli/internal/httpapi"
)

// newOpenAPICommand prints the HTTP contract, which is generated from the handlers.
func newOpenAPICommand(e env) *cobra.Command {
	return &cobra.Command{
		Use:   "openapi",
		Short: e.text.Text("openapi.short", nil),
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			contract, err := httpapi.OpenAPI()
			if err != nil {
				return err
			}
			_, err = e.out.Write(contract)
			return err
		},
	}
}
