package reading

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"jieli/internal/domain"
)

// detectEncoding says how a text file is encoded. A mark at its head decides; else UTF-8 where every byte fits it, which
// no other encoding's Chinese does by chance; else GB18030, which Chinese programs write. Anything else is refused by name.
func detectEncoding(ctx context.Context, upload io.ReaderAt, size int64, head []byte) (string, error) {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}):
		return "", refuse("encoding", domain.Params{"found": "UTF-32"})
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return "UTF-16LE", nil
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return "UTF-16BE", nil
	case bytes.IndexByte(head, 0) >= 0:
		return "", unmarked(head)
	}
	whole := func() io.Reader { return &stoppable{ctx, io.NewSectionReader(upload, 0, size)} }
	ok, err := allRunes(whole(), func(r rune, width int) bool { return r != utf8.RuneError || width > 1 })
	if ok || err != nil {
		return "UTF-8", err
	}
	ok, err = allRunes(transform.NewReader(whole(), simplifiedchinese.GB18030.NewDecoder()), expectedInGB18030)
	if ok || err != nil {
		return "GB18030", err
	}
	return "", refuse("encoding", domain.Params{"found": "?"})
}

// unmarked tells UTF-16 without a mark, whose every second byte is often zero, from a file that is no text.
func unmarked(head []byte) error {
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	if zeros[0] == 0 != (zeros[1] == 0) {
		return refuse("encoding", domain.Params{"found": "UTF-16"})
	}
	return refuse("not_workbook", nil)
}

// expectedInGB18030 refuses what a wrong guess brings up: the replacement character, control characters and the private
// use area, on which bytes of other encodings fall.
func expectedInGB18030(r rune, _ int) bool {
	switch {
	case r == utf8.RuneError, 0xE000 <= r && r <= 0xF8FF, 0x80 <= r && r < 0xA0, r == 0x7f:
		return false
	}
	return r >= ' ' || r == '\n' || r == '\r' || r == '\t'
}

func allRunes(text io.Reader, fits func(r rune, width int) bool) (bool, error) {
	runes := bufio.NewReaderSize(text, 64<<10)
	for {
		r, width, err := runes.ReadRune()
		switch {
		case errors.Is(err, io.EOF):
			return true, nil
		case err != nil:
			return false, err
		case !fits(r, width):
			return false, nil
		}
	}
}
