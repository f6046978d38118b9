package folder_test

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

	"jieli/internal/dispatch/folder"
	"jieli/internal/dispatch/problem"
	"jieli/internal/domain"
)

var twoFiles = []problem.File{{Name: "a.csv", Data: []byte("1\n")}, {Name: "b.json", Data: []byte("{}\n")}}

func commit(t *testing.T, dir string, files []problem.File) {
	t.Helper()
	out, err := folder.NewOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Commit(files); err != nil {
		t.Fatal(err)
	}
}

func TestANewFolderAppearsAsAWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x", "plan")
	out, err := folder.NewOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("the folder is there before Commit")
	}
	if err := out.Commit(twoFiles); err != nil {
		t.Fatal(err)
	}
	if got := readFolder(t, dir); !reflect.DeepEqual(got, texts(twoFiles)) {
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
	if got, want := readFolder(t, dir), (map[string]string{"a.csv": "1\n", "b.json": "{}\n", "notes.txt": "mine\n"}); !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	for _, dir := range []string{parent, filepath.Join(parent, "plan")} {
		out, err := folder.NewOutput(dir)
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
		_, err := folder.NewOutput(dir)
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
	out, err := folder.NewOutput(dir)
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

func small(t *testing.T) *problem.Problem {
	t.Helper()
	p, faults := problem.Load("../problem/testdata/small")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return p
}

func TestWriteAndLoad(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "for", "this")
	commit(t, dir, small(t).Files())
	again, faults := problem.Load(dir)
	if len(faults) > 0 || !reflect.DeepEqual(again, small(t)) {
		t.Errorf("%v", faults)
	}
}

func TestArchivesAreTheSameBytesAndUnpack(t *testing.T) {
	p := small(t)
	first, err := folder.Archive(p.Files())
	if err != nil {
		t.Fatal(err)
	}
	second, err := folder.Archive(small(t).Files())
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the archives differ: %v", err)
	}
	files, err := folder.Unpack(first)
	if err != nil || !reflect.DeepEqual(files, p.Files()) {
		t.Errorf("the archive holds other files: %v", err)
	}
	for _, cut := range []int{0, 5, len(first) / 2} {
		if _, err := folder.Unpack(first[:cut]); err == nil {
			t.Errorf("%d bytes of an archive are taken for one", cut)
		}
	}
}

// TestAnArchiveIsAGzippedTar reads one with the standard tools only: so may anybody.
func TestAnArchiveIsAGzippedTar(t *testing.T) {
	packed, err := folder.Archive(twoFiles)
	if err != nil {
		t.Fatal(err)
	}
	if got := unpack(t, packed); !reflect.DeepEqual(got, texts(twoFiles)) {
		t.Errorf("%q", got)
	}
}

func unpack(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	f := map[string]string{}
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

func texts(files []problem.File) map[string]string {
	f := map[string]string{}
	for _, file := range files {
		f[file.Name] = string(file.Data)
	}
	return f
}

func readFolder(t *testing.T, dir string) map[string]string {
	t.Helper()
	f := map[string]string{}
	for _, name := range readFolderNames(t, dir) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		f[name] = string(data)
	}
	return f
}
