package problem_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

var twoFiles = []problem.File{{Name: "a.csv", Data: []byte("1\n")}, {Name: "b.json", Data: []byte("{}\n")}}

func commit(t *testing.T, dir string, files []problem.File) {
	t.Helper()
	out, err := problem.NewOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Commit(files); err != nil {
		t.Fatal(err)
	}
}

func TestANewFolderAppearsAsAWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x", "plan")
	out, err := problem.NewOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("the folder is there before Commit")
	}
	if err := out.Commit(twoFiles); err != nil {
		t.Fatal(err)
	}
	if got := readFolder(t, dir); !reflect.DeepEqual(got, folderOf(twoFiles)) {
		t.Errorf("%q", got)
	}
	if left := readFolderNames(t, filepath.Dir(dir)); len(left) != 1 {
		t.Errorf("left over: %q", left)
	}
}

func TestAFolderThatIsThereKeepsItsOtherFiles(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"a.csv": "old and longer\n", "notes.txt": "mine\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, dir, twoFiles)
	if got, want := readFolder(t, dir), (folder{"a.csv": "1\n", "b.json": "{}\n", "notes.txt": "mine\n"}); !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	for _, dir := range []string{parent, filepath.Join(parent, "plan")} {
		out, err := problem.NewOutput(dir)
		if err != nil {
			t.Fatal(err)
		}
		out.Discard()
	}
	if left := readFolderNames(t, parent); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	parent := t.TempDir()
	file := filepath.Join(parent, "file")
	if err := os.WriteFile(file, []byte("mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "plan"), "/proc/none/plan"} {
		_, err := problem.NewOutput(dir)
		var known *domain.Error
		if !errors.As(err, &known) || known.Key != "problem.folder_unwritable" || known.Cause == nil {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if got := readFolder(t, parent); got["file"] != "mine\n" || len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// TestAFailingCommitLeavesAClearError has a folder in the place of a file that is to be replaced.
func TestAFailingCommitLeavesAClearError(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a.csv", "full"), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := problem.NewOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Commit(twoFiles); err == nil {
		t.Error("no error")
	}
	if left := readFolderNames(t, dir); len(left) != 1 {
		t.Errorf("left over: %q", left)
	}
}

func readFolderNames(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestArchivesAreTheSameBytesAndUnpack(t *testing.T) {
	p := small(t).problem(t)
	first, err := problem.Archive(p.Files())
	if err != nil {
		t.Fatal(err)
	}
	second, err := problem.Archive(small(t).problem(t).Files())
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the archives differ: %v", err)
	}
	again := unpack(t, first).problem(t)
	if !reflect.DeepEqual(again, p) {
		t.Error("the archive holds another problem")
	}
}

func unpack(t *testing.T, archive []byte) folder {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	f := folder{}
	for pack := tar.NewReader(zip); ; {
		head, err := pack.Next()
		if errors.Is(err, io.EOF) {
			return f
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(pack)
		if err != nil {
			t.Fatal(err)
		}
		f[head.Name] = string(data)
	}
}
