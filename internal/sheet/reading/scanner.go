package reading

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// token is what the scanner stands on.
type token uint8

const (
	startTag token = iota
	endTag
	charData
	endOfFile
)

var (
	errMalformed = errors.New("malformed XML")
	errDoctype   = errors.New("XML with a document type")
	errLongToken = errors.New("XML token too long")
	errNotUTF8   = errors.New("XML that is not UTF-8")
)

// scanner splits the XML of a worksheet into tags and text. It knows no namespaces (prefixes are cut off), refuses
// document types and with them all entities but the five of XML, and keeps one token at a time.
type scanner struct {
	source *bufio.Reader
	limit  int // bytes of one token
	name   []byte
	attrs  []byte
	text   []byte // raw, or decoded where cdata
	empty  bool   // the start tag ends itself
	cdata  bool
	inTag  bool // the source stands behind a '<'
	depth  int
}

func newScanner(source io.Reader, limit int) *scanner {
	s := &scanner{source: bufio.NewReaderSize(source, 64<<10), limit: limit}
	if mark, _ := s.source.Peek(3); bytes.Equal(mark, []byte("\xEF\xBB\xBF")) {
		_, _ = s.source.Discard(3)
	}
	return s
}

// next moves to the next tag or text.
func (s *scanner) next() (token, error) {
	for {
		if !s.inTag {
			found, err := s.characters()
			if err != nil || found {
				return charData, err
			}
			if !s.inTag {
				return s.finish()
			}
		}
		s.inTag = false
		kind, skip, err := s.markup()
		if err != nil || !skip {
			return kind, err
		}
	}
}

func (s *scanner) finish() (token, error) {
	if s.depth != 0 {
		return endOfFile, errMalformed
	}
	return endOfFile, nil
}

// characters reads up to the next '<' and says whether anything stood before it.
func (s *scanner) characters() (bool, error) {
	s.text, s.cdata = s.text[:0], false
	err := s.until('<')
	if errors.Is(err, io.EOF) {
		if s.depth > 0 || len(bytes.TrimSpace(s.text)) > 0 {
			return false, errMalformed
		}
		return false, nil
	}
	s.inTag = err == nil
	return err == nil && len(s.text) > 0, err
}

// until appends to text what stands before the stop byte, and passes it.
func (s *scanner) until(stop byte) error {
	for {
		part, err := s.source.ReadSlice(stop)
		if err == nil {
			part = part[:len(part)-1]
		}
		if len(s.text)+len(part) > s.limit {
			return errLongToken
		}
		s.text = append(s.text, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// markup reads what stands between '<' and '>'. skip is true for comments and instructions.
func (s *scanner) markup() (kind token, skip bool, err error) {
	s.text = s.text[:0]
	mark, err := s.source.Peek(1)
	if err != nil {
		return 0, false, errMalformed
	}
	switch mark[0] {
	case '!':
		return s.declaration()
	case '?':
		if err := s.untilText("?>"); err != nil {
			return 0, false, err
		}
		return 0, true, checkProlog(s.text)
	case '/':
		if err := s.until('>'); err != nil {
			return 0, false, ended(err)
		}
		s.name = localName(bytes.TrimRight(s.text[1:], " \t\r\n"))
		s.depth--
		if s.depth < 0 {
			return 0, false, errMalformed
		}
		return endTag, false, nil
	}
	return startTag, false, s.start()
}

// start reads a start tag; a '>' inside a quoted attribute does not end it.
func (s *scanner) start() error {
	for from, quote := 0, byte(0); ; {
		if err := s.until('>'); err != nil {
			return ended(err)
		}
		if quote = openQuote(s.text[from:], quote); quote == 0 {
			break
		}
		s.text = append(s.text, '>')
		from = len(s.text)
	}
	tag := s.text
	s.empty = bytes.HasSuffix(tag, []byte("/"))
	if s.empty {
		tag = tag[:len(tag)-1]
	} else {
		s.depth++
	}
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	if end == 0 {
		return errMalformed
	}
	s.name, s.attrs = localName(tag[:end]), tag[end:]
	return nil
}

// openQuote is the quote that still stands open behind the text, 0 where none does.
func openQuote(text []byte, quote byte) byte {
	for _, b := range text {
		switch {
		case quote == 0 && (b == '"' || b == '\''):
			quote = b
		case b == quote:
			quote = 0
		}
	}
	return quote
}

func (s *scanner) declaration() (token, bool, error) {
	if head, _ := s.source.Peek(3); bytes.Equal(head, []byte("!--")) {
		return 0, true, s.untilText("-->")
	}
	const cdata = "![CDATA["
	if head, _ := s.source.Peek(len(cdata)); !bytes.Equal(head, []byte(cdata)) {
		return 0, false, errDoctype
	}
	if err := s.untilText("]]>"); err != nil {
		return 0, false, err
	}
	s.text, s.cdata = s.text[len(cdata):], true
	return charData, false, nil
}

// untilText reads to the mark, which ends with '>', and leaves in text what stands before it.
func (s *scanner) untilText(mark string) error {
	for {
		if err := s.until('>'); err != nil {
			return ended(err)
		}
		if bytes.HasSuffix(s.text, []byte(mark[:len(mark)-1])) {
			s.text = s.text[:len(s.text)-len(mark)+1]
			return nil
		}
		s.text = append(s.text, '>')
	}
}

// ended turns an end of file inside markup into a fault of the file.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return errMalformed
	}
	return err
}

// checkProlog refuses an XML declaration of another encoding than UTF-8.
func checkProlog(instruction []byte) error {
	at := bytes.Index(instruction, []byte("encoding="))
	if !bytes.HasPrefix(instruction, []byte("?xml ")) || at < 0 {
		return nil
	}
	if value := bytes.ToLower(instruction[at:]); !bytes.Contains(value, []byte("utf-8")) && !bytes.Contains(value, []byte("us-ascii")) {
		return errNotUTF8
	}
	return nil
}

func localName(name []byte) []byte {
	if at := bytes.IndexByte(name, ':'); at >= 0 {
		return name[at+1:]
	}
	return name
}

// attr is the raw value of an attribute without a prefix, nil where there is none.
func (s *scanner) attr(name string) []byte {
	rest := s.attrs
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		key := bytes.TrimRight(rest[:equals], " \t\r\n")
		value := bytes.TrimLeft(rest[equals+1:], " \t\r\n")
		if len(value) == 0 || value[0] != '"' && value[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(value[1:], value[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return value[1 : 1+end]
		}
		rest = value[end+2:]
	}
}

// appendText adds the decoded text of the current token.
func (s *scanner) appendText(to []byte) ([]byte, error) {
	if !utf8.Valid(s.text) {
		return to, errNotUTF8
	}
	if s.cdata {
		return append(to, s.text...), nil
	}
	return appendUnescaped(to, s.text)
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

func appendUnescaped(to, raw []byte) ([]byte, error) {
	for {
		at := bytes.IndexByte(raw, '&')
		if at < 0 {
			return append(to, raw...), nil
		}
		to = append(to, raw[:at]...)
		end := bytes.IndexByte(raw[at:], ';')
		if end < 0 {
			return to, errMalformed
		}
		r, ok := entity(string(raw[at+1 : at+end]))
		if !ok {
			return to, errMalformed
		}
		to = utf8.AppendRune(to, r)
		raw = raw[at+end+1:]
	}
}

func entity(name string) (rune, bool) {
	if r, ok := entities[name]; ok {
		return r, true
	}
	if len(name) < 2 || len(name) > 9 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), utf8.ValidRune(rune(n))
}
