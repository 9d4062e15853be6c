package archive_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"

	"pressmark/archive"
	"pressmark/archive/ingest"
)

var pagesFrom = flag.String("pages", "", "measure how small real pages become: a folder of .html files, or a list of lines {\"path\",\"url\"}")

// A realPage is a page of the web that stands in a file.
type realPage struct {
	Path string `json:"path"`
	URL  string `json:"url"`
	host string
	body []byte
}

// TestSizes archives real pages one after another, each twice, the second time
// with a small edit, and prints what each cost, with all rows of the catalog
// that are its own. Dictionaries are trained on the way: every page is new to
// what it is packed with.
//
//	go test ./archive -run 'TestSizes$' -pages list.jsonl -v
func TestSizes(t *testing.T) {
	if *pagesFrom == "" {
		t.Skip("no -pages")
	}
	pages := realPages(t, *pagesFrom)
	dir := t.TempDir()
	s, err := archive.Create(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)
	take := func(p realPage, body []byte) archive.Capture {
		at = at.Add(7 * time.Second)
		c, err := s.Append(context.Background(), archive.Capture{
			URL: p.URL, Final: p.URL, FetchedAt: at, Status: 200, Header: answerOf(p.host, at, body), Body: body, Site: p.host, Run: 1,
		})
		if err != nil {
			t.Fatal(err)
		}
		archive.SettleTraining(s)
		return c
	}
	var first, again []archive.Capture
	r := rand.New(rand.NewPCG(1, 2))
	for _, p := range pages {
		first = append(first, take(p, p.body))
	}
	edited := make([][]byte, len(pages))
	for i, p := range pages {
		edited[i] = smallEdit(r, p.body)
		again = append(again, take(p, edited[i]))
	}
	in := ingest.New(s, ingest.Options{})
	if _, err := in.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	archive.SettleTraining(s)
	st, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	sites, err := archive.SitesOfDictionaries(s)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	kept := map[archive.Seq]keptBody{}
	var tables []string
	files, err := filepath.Glob(filepath.Join(dir, "raw", "*.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append([]string{filepath.Join(dir, "archive.db")}, files...) {
		tables = append(tables, bucketTable(t, f, kept))
	}
	// What the catalog has of a capture beside its body.
	for _, name := range []string{"captures", "ix_capture", "ix_digest"} {
		eachRow(t, filepath.Join(dir, "archive.db"), name, func(key, v []byte) {
			seq := key
			switch name {
			case "ix_capture":
				seq = key[8:]
			case "ix_digest":
				seq = v
			}
			k := kept[archive.Seq(binary.BigEndian.Uint64(seq))]
			if name == "captures" && v[2] == 2 {
				k.record, _ = binary.Uvarint(v[3:])
			}
			k.catalog += len(key) + len(v)
			kept[archive.Seq(binary.BigEndian.Uint64(seq))] = k
		})
	}
	var all, own, house, twice, twiceOwn sizes
	bySite := map[string]*[2]sizes{}
	for i, p := range pages {
		site := bySite[p.host]
		if site == nil {
			site = &[2]sizes{}
			bySite[p.host] = site
		}
		k := kept[first[i].Seq]
		one := sizes{1, len(p.body), warcSize(t, first[i]), zstdSize(p.body), k.body, k.catalog}
		all.add(one)
		site[0].add(one)
		switch {
		case k.dict != 0 && sites[k.dict] != "":
			own.add(one)
		case k.dict != 0:
			house.add(one)
		}
		k = kept[again[i].Seq]
		one = sizes{1, len(edited[i]), warcSize(t, again[i]), zstdSize(edited[i]), k.body, k.catalog}
		twice.add(one)
		if sites[k.record] != "" {
			twiceOwn.add(one)
		}
		site[1].add(one)
	}
	t.Logf("%-32s %6s %10s %7s %7s %7s %8s", "captures", "pages", "bytes", "warc.gz", "zstd", "body", "+catalog")
	t.Log(all.line("first"))
	t.Log(own.line("  with its site's dictionary"))
	t.Log(house.line("  with that of all sites"))
	t.Log(twice.line("again, after a small edit"))
	t.Log(twiceOwn.line("  its site has dictionaries"))
	hosts := make([]string, 0, len(bySite))
	for h, site := range bySite {
		if site[0].pages >= 5 {
			hosts = append(hosts, h)
		}
	}
	slices.Sort(hosts)
	for _, h := range hosts {
		t.Log(bySite[h][0].line(h))
		t.Log(bySite[h][1].line("  again"))
	}
	whole, deltas, wholeBytes, rawBytes := 0, 0, 0, 0
	eachRow(t, filepath.Join(dir, "archive.db"), "texts", func(_, v []byte) {
		_, n := binary.Uvarint(v[3:])
		size, _ := binary.Uvarint(v[3+n:])
		if v[2] == 3 {
			deltas++
			return
		}
		whole, wholeBytes, rawBytes = whole+1, wholeBytes+len(v), rawBytes+int(size)
	})
	t.Logf("texts that are whole: %d of %d bytes each, %.4f of them kept; %d are deltas", whole, rawBytes/max(1, whole), float64(wholeBytes)/float64(max(1, rawBytes)), deltas)
	t.Logf("texts: %d versions, %d bytes as articles, %d kept: %.3f", st.Versions, st.TextBytes, st.TextStored, float64(st.TextStored)/float64(st.TextBytes))
	for _, table := range tables {
		t.Log(table)
	}
}

type keptBody struct {
	body, catalog int
	dict, record  uint64 // the dictionaries of the body and of the capture's record
}

type sizes struct{ pages, bytes, warc, zstd, body, catalog int }

func (s *sizes) add(o sizes) {
	s.pages += o.pages
	s.bytes += o.bytes
	s.warc += o.warc
	s.zstd += o.zstd
	s.body += o.body
	s.catalog += o.catalog
}

func (s *sizes) line(name string) string {
	n := max(1, s.pages)
	share := func(x, of int) float64 { return float64(x) / float64(max(1, of)) }
	return fmt.Sprintf("%-32s %6d %10d %7d %7d %7d %8d a page; body %.4f of the bytes; all %.4f of the WARC record",
		name, s.pages, s.bytes/n, s.warc/n, s.zstd/n, s.body/n, s.catalog/n, share(s.body, s.bytes), share(s.body+s.catalog, s.warc))
}

// eachRow reads a bucket of a closed file.
func eachRow(t *testing.T, path, bucket string, f func(key, v []byte)) {
	db, err := bbolt.Open(path, 0o644, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucket)).ForEach(func(k, v []byte) error { f(k, v); return nil })
	}); err != nil {
		t.Fatal(err)
	}
}

// bucketTable prints what is in a file, bucket by bucket, and notes the bodies.
func bucketTable(t *testing.T, path string, kept map[archive.Seq]keptBody) string {
	db, err := bbolt.Open(path, 0o644, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s, %d bytes\n%-12s %8s %12s %9s %12s\n", filepath.Base(path), info.Size(), "bucket", "rows", "bytes", "a row", "in pages")
	payload, inPages := 0, 0
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			rows, bytes := 0, 0
			if err := b.ForEach(func(k, v []byte) error {
				rows++
				bytes += len(k) + len(v)
				if string(name) == "bodies" {
					body := keptBody{body: len(k) + len(v)}
					if v[2] == 2 {
						body.dict, _ = binary.Uvarint(v[3:])
					}
					kept[archive.Seq(binary.BigEndian.Uint64(k))] = body
				}
				return nil
			}); err != nil {
				return err
			}
			st := b.Stats()
			fmt.Fprintf(&out, "%-12s %8d %12d %9.1f %12d\n", name, rows, bytes, float64(bytes)/float64(max(1, rows)), st.LeafAlloc+st.BranchAlloc)
			payload += bytes
			inPages += st.LeafAlloc + st.BranchAlloc
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&out, "payload %d, pages in use %d: %.3f over", payload, inPages, float64(inPages)/float64(payload)-1)
	return out.String()
}

var zstdPlain, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))

func zstdSize(b []byte) int { return len(zstdPlain.EncodeAll(b, nil)) }

// warcSize is what a record of the usual kind takes in a .warc.gz.
func warcSize(t *testing.T, c archive.Capture) int {
	var record, packed bytes.Buffer
	fmt.Fprintf(&record, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%x>\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\n"+
		"Content-Type: application/http;msgtype=response\r\nWARC-Payload-Digest: sha256:%s\r\n\r\nHTTP/1.1 200 OK\r\n",
		c.Digest[:16], c.URL, c.FetchedAt.Format(time.RFC3339), c.Digest)
	if err := c.Header.Write(&record); err != nil {
		t.Fatal(err)
	}
	record.WriteString("\r\n")
	record.Write(c.Body)
	record.WriteString("\r\n\r\n")
	w := gzip.NewWriter(&packed)
	if _, err := io.Copy(w, &record); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Len()
}

// answerOf invents the header of an answer: what a site always says, and what is new each time.
func answerOf(host string, at time.Time, body []byte) http.Header {
	sum := sha256.Sum256(append([]byte(at.String()), body...))
	site := sha256.Sum256([]byte(host))
	return http.Header{
		"Date": {at.Format(http.TimeFormat)}, "Content-Type": {"text/html; charset=utf-8"}, "Server": {[]string{"nginx", "cloudflare", "Apache"}[site[0]%3]},
		"Cache-Control": {"public, max-age=60, s-maxage=120"}, "Vary": {"Accept-Encoding, Cookie"}, "Etag": {fmt.Sprintf(`W/"%x"`, sum[:10])},
		"Last-Modified": {at.Add(-time.Hour).Format(http.TimeFormat)}, "Age": {fmt.Sprint(sum[11] % 60)}, "X-Request-Id": {fmt.Sprintf("%x", sum[12:28])},
		"X-Served-By": {fmt.Sprintf("cache-fra-%s-%04d", host[:min(4, len(host))], int(sum[28])%20)}, "X-Cache": {"HIT"}, "X-Frame-Options": {"SAMEORIGIN"},
		"Strict-Transport-Security": {"max-age=31536000; includeSubDomains; preload"}, "X-Content-Type-Options": {"nosniff"},
		"Content-Security-Policy": {fmt.Sprintf("default-src 'self' https://cdn.%[1]s https://static.%[1]s; frame-ancestors 'self'; report-uri https://%[1]s/csp", host)},
		"Link":                    {fmt.Sprintf("<https://%s/assets/%x/main.css>; rel=preload; as=style", host, site[:6])},
	}
}

var (
	paragraph = regexp.MustCompile(`<p[^<>]*>[^<>]{60,}</p>`)
	numbered  = regexp.MustCompile(`[0-9]{5,}|[0-9a-f]{12,}`)
)

// smallEdit changes a sentence of a page, and twenty of the numbers in it, as
// time stamps and identifiers change with each answer.
func smallEdit(r *rand.Rand, body []byte) []byte {
	b := bytes.Clone(body)
	if at := paragraph.FindAllIndex(b, 12); len(at) > 0 {
		p := at[r.IntN(len(at))]
		words := bytes.Split(b[p[0]:p[1]], []byte(" "))
		for i, w := range words {
			if len(w) > 4 && !bytes.ContainsAny(w, "<>=") && r.IntN(6) == 0 {
				words[i] = fmt.Append(nil, "anders", r.IntN(100))
			}
		}
		b = slices.Concat(b[:p[0]], bytes.Join(words, []byte(" ")), b[p[1]:])
	}
	at := numbered.FindAllIndex(b, -1)
	r.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
	for _, n := range at[:min(20, len(at))] {
		for i := n[0]; i < n[1]; i++ {
			b[i] = byte('0' + r.IntN(10))
		}
	}
	if bytes.Equal(b, body) {
		b = append(b, "<!-- again -->"...)
	}
	return b
}

var canonical = regexp.MustCompile(`(?i)<link[^>]+rel="?canonical"?[^>]+href="?([^" >]+)|<meta[^>]+property="?og:url"?[^>]+content="?([^" >]+)`)

// realPages reads pages and the URLs they had.
func realPages(t *testing.T, from string) []realPage {
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	var list []realPage
	if info.IsDir() {
		files, err := filepath.Glob(filepath.Join(from, "*.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			list = append(list, realPage{Path: f})
		}
	} else {
		f, err := os.Open(from)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var p realPage
			if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			list = append(list, p)
		}
	}
	pages := list[:0]
	seen := map[string]bool{}
	for _, p := range list {
		if p.body, err = os.ReadFile(p.Path); err != nil {
			t.Fatal(err)
		}
		if m := canonical.FindSubmatch(p.body); p.URL == "" && m != nil {
			p.URL = string(m[1]) + string(m[2])
		}
		u, err := url.Parse(p.URL)
		if err != nil || u.Host == "" || seen[p.URL] || len(p.body) == 0 {
			continue
		}
		seen[p.URL] = true
		p.host = u.Host
		pages = append(pages, p)
	}
	return pages
}
