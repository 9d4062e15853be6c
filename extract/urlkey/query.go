package urlkey

import (
	"slices"
	"strings"
)

// Parameters that hold a visitor's session.
var session = map[string]bool{
	"jsessionid": true, "phpsessid": true, "phpsessionid": true, "sessionid": true, "session_id": true,
	"sessid": true, "cfid": true, "cftoken": true, "zenid": true, "oscsid": true, "xtcsid": true,
	"__nodeid": true, "bv_sessionid": true, "bv_engineid": true, "sap-contextid": true, "asp.net_sessionid": true,
}

// cleanQuery drops what tracks the reader and the empty pieces, and leaves the
// order as it is: some servers read it.
func cleanQuery(query string) string {
	if query == "" {
		return ""
	}
	query = normaliseEscapes(query, unreserved)
	return keepParameters(query, func(name, value string, assigned bool) bool {
		return !isTracking(strings.TrimPrefix(name, "amp;"), value) && !isSession(name, value)
	})
}

// keepParameters leaves of a query the pieces that keep accepts, whose name it
// is given in lower case; assigned tells "name=" from "name". Empty pieces go.
func keepParameters(query string, keep func(name, value string, assigned bool) bool) string {
	var b strings.Builder
	for len(query) > 0 {
		var piece string
		piece, query, _ = strings.Cut(query, "&")
		name, value, assigned := strings.Cut(piece, "=")
		if name == "" && value == "" || !keep(strings.ToLower(name), value, assigned) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(piece)
	}
	return b.String()
}

// sorted puts the parameters in the order of their names, those of one name
// left as they are: the order of different ones matters to no server that
// reads them by name. A query with a piece that is no assignment may be read
// otherwise, and stays.
func sorted(query string) string {
	if strings.IndexByte(query, '&') < 0 {
		return query
	}
	pieces := strings.Split(query, "&")
	for _, p := range pieces {
		if strings.IndexByte(p, '=') < 1 {
			return query
		}
	}
	byName := func(a, b string) int {
		a, _, _ = strings.Cut(a, "=")
		b, _, _ = strings.Cut(b, "=")
		return strings.Compare(a, b)
	}
	if slices.IsSortedFunc(pieces, byName) {
		return query
	}
	slices.SortStableFunc(pieces, byName)
	return strings.Join(pieces, "&")
}

// isSession also takes short names whose value can only be a session's: long,
// of letters and digits mixed.
func isSession(name, value string) bool {
	name = strings.ToLower(name)
	if session[name] || strings.HasPrefix(name, "aspsessionid") {
		return true
	}
	if name != "sid" && name != "s" && name != "sess" || len(value) < 24 {
		return false
	}
	digits := 0
	for i := 0; i < len(value); i++ {
		if !isAlphanumeric(value[i]) {
			return false
		}
		if value[i] <= '9' {
			digits++
		}
	}
	return digits >= 4 && digits < len(value)
}
