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
		if len(rest) < stateText {
			return tried
		}
		quoted := rest[0] == '"' && bytes.HasSuffix(script[:at], []byte("JSON.parse("))
		if !quoted && (script[at-1] == '(' || rest[0] != '{' && rest[0] != '[') {
			continue
		}
		tried++
		d := json.NewDecoder(bytes.NewReader(rest[:min(len(rest), mostState)]))
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			if mended := definedOnly(rest[:min(len(rest), mostState)]); mended != nil {
				d = json.NewDecoder(bytes.NewReader(mended))
				if d.Decode(&raw) == nil {
					s.read(raw)
				}
			}
			continue
		}
		at += len(script[at:]) - len(rest) + len(raw)
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

// definedOnly writes null for the undefined that scripts leave in their data; nil when there is none.
func definedOnly(data []byte) []byte {
	if !bytes.Contains(data, []byte(":undefined")) {
		return nil
	}
	return bytes.ReplaceAll(data, []byte(":undefined"), []byte(":null"))
}
