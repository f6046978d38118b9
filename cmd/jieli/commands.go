package main

import "github.com/spf13/cobra"

// commands are all commands, in the order in which `jieli help` lists them. Each lives in a file of its name.
func commands(e env) []*cobra.Command {
	return []*cobra.Command{
		newDemoCommand(e),
		newServeCommand(e),
		newPlanCommand(e),
		newVerifyCommand(e),
		newExplainCommand(e),
		newImportCommand(e),
		newExportCommand(e),
		newUserCommand(e),
		newKeysCommand(e),
		newLedgerCommand(e),
		newMigrateCommand(e),
		newOpenAPICommand(e),
	}
}
