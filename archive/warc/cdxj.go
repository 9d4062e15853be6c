package warc

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Entry is one line of a CDXJ index: where a capture of an address lies.
type Entry struct {
	URL    string
	At     time.Time
	Type   string // of the content; TypeRevisit's is "warc/revisit"
	Status int
	Digest string // of the payload, labelled
	File   string // its name without folders
	Place

	Derived bool // from what a server sent, and sent by none: it is left out of indexes, by which pages are shown as they were
}

// MarshalText is the entry's line, as pywb and its kin read it. The lines of an
// index are in the order of their bytes.
func (e Entry) MarshalText() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(SURT(e.URL) + " " + e.At.UTC().Format("20060102150405") + " ")
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	if e.Type == "" {
		e.Type = "unk"
	}
	err := to.Encode(struct {
		URL    string `json:"url"`
		Type   string `json:"mime"`
		Status string `json:"status"`
		Digest string `json:"digest"`
		Length string `json:"length"`
		Offset string `json:"offset"`
		File   string `json:"filename"`
	}{e.URL, e.Type, strconv.Itoa(e.Status), e.Digest, strconv.FormatInt(e.Length, 10), strconv.FormatInt(e.Offset, 10), e.File})
	return b.Bytes(), err
}

var www = regexp.MustCompile(`^www\d*\.`)

// SURT is the name under which indexes of web archives sort an address: the
// host's labels turned round, without www, all in lower case, the query's
// parameters sorted. What is no http address is its own name.
func SURT(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return strings.NewReplacer(" ", "%20", "\n", "%0A", "\r", "%0D").Replace(raw)
	}
	host := www.ReplaceAllString(strings.ToLower(u.Hostname()), "")
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	} else { // numbers too: so do the tools that look for them
		labels := strings.Split(strings.TrimSuffix(host, "."), ".")
		slices.Reverse(labels)
		host = strings.Join(labels, ",")
	}
	if p := u.Port(); p != "" && !(p == "80" && u.Scheme == "http") && !(p == "443" && u.Scheme == "https") {
		host += ":" + p
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		list := strings.Split(u.RawQuery, "&")
		slices.Sort(list)
		path += "?" + strings.Join(list, "&")
	}
	return host + ")" + strings.ReplaceAll(strings.ToLower(path), " ", "%20")
}
