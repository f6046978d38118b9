package seal

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"jieli/internal/domain"
)

const (
	fileMode = 0o600
	// exposed are the permissions that a key file must not have: a group may be let read it, nobody else anything.
	exposed = 0o037
	maxFile = 1 << 20
)

// Load reads a ring from its file. Errors are KindNotFound, seal.keys_missing, where there is none, and else KindInvalid:
// seal.keys_exposed (others of the machine may read it), seal.keys_unreadable, seal.keys_malformed.
func Load(path string) (*Ring, error) {
	file, err := os.Open(path) //nolint:gosec // the administrator names the file
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fileError(domain.KindNotFound, "seal.keys_missing", path, err)
	}
	if err != nil {
		return nil, fileError(domain.KindInvalid, "seal.keys_unreadable", path, err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, fileError(domain.KindInvalid, "seal.keys_unreadable", path, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&exposed != 0 {
		return nil, fileError(domain.KindInvalid, "seal.keys_exposed", path, nil)
	}
	text, err := io.ReadAll(io.LimitReader(file, maxFile))
	if err != nil {
		return nil, fileError(domain.KindInvalid, "seal.keys_unreadable", path, err)
	}
	ring, err := parse(text)
	if err != nil {
		return nil, fileError(domain.KindInvalid, "seal.keys_malformed", path, err)
	}
	return ring, nil
}

// Create makes a ring with fresh keys and its file, which only its owner may read. A file that is there is never
// overwritten: KindConflict, seal.keys_exist. KindInvalid: seal.keys_unwritable.
func Create(path string, suite Suite, now time.Time) (*Ring, error) {
	ring, err := NewRing(suite, now)
	if err != nil {
		return nil, err
	}
	return ring, ring.write(path, func(written string) error {
		defer func() { _ = os.Remove(written) }()
		return os.Link(written, path) // unlike a rename, it fails where another process was quicker
	})
}

// Rotate adds a key to the ring in a file. The file is replaced at once or not at all.
func Rotate(path string, suite Suite, now time.Time) (*Ring, error) {
	ring, err := Load(path)
	if err != nil {
		return nil, err
	}
	if ring, err = ring.Rotated(suite, now); err != nil {
		return nil, err
	}
	return ring, ring.write(path, func(written string) error { return os.Rename(written, path) })
}

// write writes the ring to a file beside path, down to the disk, and has it put in place.
func (r *Ring) write(path string, place func(written string) error) error {
	text, err := r.text()
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // mode 0600
	if err != nil {
		return fileError(domain.KindInvalid, "seal.keys_unwritable", path, err)
	}
	_, err = file.Write(text)
	err = errors.Join(err, file.Chmod(fileMode), file.Sync(), file.Close())
	if err == nil {
		err = place(file.Name())
	}
	if errors.Is(err, fs.ErrExist) {
		return fileError(domain.KindConflict, "seal.keys_exist", path, err)
	}
	if err != nil {
		return fileError(domain.KindInvalid, "seal.keys_unwritable", path, errors.Join(err, dropped(file.Name())))
	}
	return syncFolder(filepath.Dir(path))
}

func dropped(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder makes the file's name as lasting as its content. Windows has no such call.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path) //nolint:gosec // the administrator names the file
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func fileError(kind domain.Kind, key, path string, cause error) error {
	return &domain.Error{Kind: kind, Key: key, Field: "keys", Params: domain.Params{"file": path}, Cause: cause}
}
