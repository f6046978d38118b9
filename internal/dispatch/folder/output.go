// Package folder writes the files of problems and plans (dispatch contract §1 and §4) as folders, all of them or none, and
// packs them into archives.
package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

// Output is a folder that is about to be written. Nothing shows in it until Commit, which puts whole files in place.
type Output struct{ dir, draft string }

// NewOutput makes sure that the folder can be written, so that long work is not done in vain; parents are made as
// needed. End with Commit or Discard.
func NewOutput(dir string) (*Output, error) {
	dir = filepath.Clean(dir)
	place := dir
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		place = filepath.Dir(dir)
		err = os.MkdirAll(place, 0o755) //nolint:gosec // plans are read by others
	case err == nil && !info.IsDir():
		err = &fs.PathError{Op: "mkdir", Path: dir, Err: fs.ErrExist}
	}
	if err != nil {
		return nil, unwritable(dir, err)
	}
	draft, err := os.MkdirTemp(place, ".jieli-*")
	if err != nil {
		return nil, unwritable(dir, err)
	}
	return &Output{dir, draft}, nil
}

func unwritable(dir string, cause error) error {
	return &domain.Error{Kind: domain.KindInvalid, Key: "problem.folder_unwritable", Params: domain.Params{"folder": dir}, Cause: cause}
}

// Commit writes the files. A new folder appears as a whole; in one that is there, each file is replaced as a whole, the
// last one last, and other files are left alone.
func (o *Output) Commit(files []problem.File) error {
	defer o.Discard()
	for _, f := range files {
		if err := writeThrough(filepath.Join(o.draft, f.Name), f.Data); err != nil {
			return unwritable(o.dir, err)
		}
	}
	if err := os.Chmod(o.draft, 0o755); err != nil { //nolint:gosec // plans are read by others
		return unwritable(o.dir, err)
	}
	if filepath.Dir(o.draft) != o.dir {
		if err := os.Rename(o.draft, o.dir); err != nil {
			return unwritable(o.dir, err)
		}
		return nil
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(o.draft, f.Name), filepath.Join(o.dir, f.Name)); err != nil {
			return unwritable(o.dir, err)
		}
	}
	return nil
}

// Discard leaves the folder as it was. It does nothing after Commit.
func (o *Output) Discard() { _ = os.RemoveAll(o.draft) }

func writeThrough(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // plans are read by others
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
