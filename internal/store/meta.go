package store

// GetMeta gives what SetMeta kept under the key, and false where there is nothing.
func GetMeta(tx *Tx, key string) (string, bool, error) { return "", false, errSkeleton }

// SetMeta keeps a value under a key, in place of the one before.
func SetMeta(tx *Tx, key, value string) error { return errSkeleton }
