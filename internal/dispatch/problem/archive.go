package problem

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// maxUnpacked keeps a damaged archive from filling the memory: far above what a country's problem takes.
const maxUnpacked = 1 << 32

// Unpack gives the files of an archive that Archive made.
func Unpack(archive []byte) ([]File, error) {
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	var files []File
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
		files = append(files, File{Name: head.Name, Data: data})
	}
}
