package extract

import (
	"bytes"
	"encoding/json"
)

// assignments looks for data in scripts: window.x = {…}; var x = [...]; and
// JSON.parse("…"). Only what is JSON is read: nothing is run.
func (s *stateReader) assignments(page []byte) {
	for tried := 0; tried < 40; {
		at := bytes.Index(page, []byte("<script"))
		if at < 0 {
			return
		}
		page = page[at+len("<script"):]
		open := bytes.IndexByte(page, '>')
		if open < 0 {
			return
		}
		attributes := page[:open]
		page = page[open+1:]
		end := bytes.Index(page, []byte("</script"))
		if end < 0 {
			end = len(page)
		}
		script := page[:end]
		page = page[end:]
		if len(script) < stateText || bytes.Contains(attributes, []byte("json")) {
			continue
		}
		tried += s.script(script)
	}
}

// script reads the data that one script assigns, and tells how many places it tried.
func (s *stateReader) script(script []byte) (tried int) {
	for at := 0; at < len(script) && tried < 20; {
		next := bytes.IndexAny(script[at:], "=(")
		if next < 0 {
			return tried
		}
		at += next + 1
		rest := bytes.TrimLeft(script[at:], " \t\r\n")
		from := len(script) - len(rest)
		if len(rest) < stateText {
			return tried
		}
		quoted := rest[0] == '"' && bytes.HasSuffix(script[:at], []byte("JSON.parse("))
		if !quoted && (script[at-1] == '(' || rest[0] != '{' && rest[0] != '[') {
			continue
		}
		tried++
		rest = rest[:min(len(rest), mostState)]
		raw := s.value(rest)
		if raw == nil {
			if mended := definedOnly(rest); mended != nil {
				s.read(s.value(mended))
			}
			continue
		}
		at = from + len(raw)
		if quoted {
			var text string
			if json.Unmarshal(raw, &text) == nil {
				s.read([]byte(text))
			}
			continue
		}
		s.read(raw)
	}
	return tried
}

// value is the JSON value that data begin with; nil when it is none. What was
// read in vain counts against what may be read at all.
func (s *stateReader) value(data []byte) []byte {
	if s.patience <= 0 {
		return nil
	}
	r := bytes.NewReader(data)
	var raw json.RawMessage
	if json.NewDecoder(r).Decode(&raw) != nil {
		s.patience -= len(data) - r.Len()
		return nil
	}
	return raw
}

// definedOnly writes null for the undefined that scripts leave in their data; nil when there is none.
func definedOnly(data []byte) []byte {
	if !bytes.Contains(data, []byte(":undefined")) {
		return nil
	}
	return bytes.ReplaceAll(data, []byte(":undefined"), []byte(":null"))
}
