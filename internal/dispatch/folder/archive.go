package folder

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"jieli/internal/dispatch/problem"
)

// Archive packs files into a gzipped tar. The same files give the same bytes.
func Archive(files []problem.File) ([]byte, error) {
	var out bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed) // a known level; a fifth larger than by default, in a tenth of the time
	pack := tar.NewWriter(zip)
	for _, f := range files {
		head := &tar.Header{Name: f.Name, Mode: 0o644, Size: int64(len(f.Data)), Format: tar.FormatUSTAR}
		if err := pack.WriteHeader(head); err != nil {
			return nil, fmt.Errorf("archive: %w", err)
		}
		if _, err := pack.Write(f.Data); err != nil {
			return nil, fmt.Errorf("archive: %w", err)
		}
	}
	if err := errors.Join(pack.Close(), zip.Close()); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	return out.Bytes(), nil
}

// maxUnpacked keeps a damaged archive from filling the memory: far above what a country's problem takes.
const maxUnpacked = 1 << 32

// Unpack gives the files of an archive that Archive made.
func Unpack(archive []byte) ([]problem.File, error) {
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	var files []problem.File
	for pack := tar.NewReader(io.LimitReader(zip, maxUnpacked)); ; {
		head, err := pack.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, fmt.Errorf("unpack: %w", err)
		}
		data, err := io.ReadAll(pack)
		if err != nil {
			return nil, fmt.Errorf("unpack: %w", err)
		}
		files = append(files, problem.File{Name: head.Name, Data: data})
	}
}
