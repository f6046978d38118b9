// Package config holds the settings of the server: one struct, filled from a file, the environment and the command line,
// each of which wins over the one before. A key that is unknown or a value that makes no sense is an error that names
// its source, the key and what was expected; nothing is silently ignored. There are no globals: whoever needs a setting
// is handed it.
package config
