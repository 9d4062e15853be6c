package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// record writes one record, stating its length plus off.
func record(kind, url, block string, off int) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2026-03-04T07:15:00Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, len(block)+off, block)
}

func gzipped(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		z.Write([]byte(p))
		z.Close()
	}
	return b.String()
}

// walk reads a file to its end and tells in a line each what came.
func walk(file string) (list []string, at []Position) {
	r := NewReader(strings.NewReader(file))
	for {
		rec, err := r.Next()
		var bad *Damage
		switch {
		case err == io.EOF:
			return list, at
		case errors.As(err, &bad):
			list = append(list, fmt.Sprintf("bad after %d", bad.Records))
			continue
		case err != nil:
			return append(list, err.Error()), at
		}
		at = append(at, rec.Position)
		block, err := io.ReadAll(rec)
		if err != nil {
			list = append(list, "cut "+rec.URL())
			continue
		}
		list = append(list, rec.Type()+" "+rec.URL()+" "+string(block))
	}
}

func TestReader(t *testing.T) {
	a, b, c := record("warcinfo", "", "made by hand", 0), record("response", "<http://p.test/b>", "bee", 0), record("resource", "http://p.test/c", "", 0)
	bee := "response http://p.test/b bee"
	for _, x := range []struct {
		name, file string
		want       []string
	}{
		{"plain", a + b + c, []string{"warcinfo  made by hand", bee, "resource http://p.test/c "}},
		{"a member a record", gzipped(a, b, c), []string{"warcinfo  made by hand", bee, "resource http://p.test/c "}},
		{"one member", gzipped(a + b + c), []string{"warcinfo  made by hand", bee, "resource http://p.test/c "}},
		{"empty", "", nil},
		{"line feeds alone", strings.ReplaceAll(a+b, "\r\n", "\n"), []string{"warcinfo  made by hand", bee}},
		{"no blank lines after", strings.TrimSuffix(a, "\r\n\r\n") + b, []string{"warcinfo  made by hand", bee}},
		{"folded field", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI:\r\n http://p.test/b\r\ncontent-length: 3\r\n\r\nbee\r\n\r\n", []string{bee}},
		{"cut in the fields", a + b[:40], []string{"warcinfo  made by hand", "bad after 1"}},
		{"cut in the block", a + strings.TrimSuffix(b, "ee\r\n\r\n"), []string{"warcinfo  made by hand", "cut http://p.test/b"}},
		{"length too short", record("response", "http://p.test/x", "long block", -6) + b, []string{"response http://p.test/x long", "bad after 1", bee}},
		{"length too long", record("response", "http://p.test/x", "block", 4) + b, []string{"response http://p.test/x block\r\n\r\n", bee}},
		{"length too long, members", gzipped(record("response", "http://p.test/x", "block", 40), b), []string{"cut http://p.test/x", bee}},
		{"no length", strings.Replace(a, "Content-Length", "Length", 1) + b, []string{"bad after 0", bee}},
		{"negative length", strings.Replace(a, "Content-Length: ", "Content-Length: -", 1) + b, []string{"bad after 0", bee}},
		{"rubbish before", "rubbish\r\n" + b, []string{"bad after 0", bee}},
		{"rubbish between members", gzipped(a) + "rubbish" + gzipped(b), []string{"warcinfo  made by hand", "bad after 1", bee}},
		{"rubbish after", gzipped(a) + "rubbish", []string{"warcinfo  made by hand", "bad after 1"}},
		{"member cut", gzipped(a) + gzipped(b)[:30], []string{"warcinfo  made by hand", "bad after 1"}},
		{"not WARC", strings.Repeat("no WARC at all\n", 9), []string{"bad after 0"}},
		{"zstd", "\x28\xb5\x2f\xfd....", []string{"bad after 0"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, _ := walk(x.file)
			if strings.Join(got, "|") != strings.Join(x.want, "|") {
				t.Errorf("got  %q\nwant %q", got, x.want)
			}
		})
	}
}

func TestDamageSaysWhere(t *testing.T) {
	a, b := record("response", "http://p.test/a", strings.Repeat("a", 5000), 0), record("response", "http://p.test/b", "bee", 0)
	zipped := gzipped(a, b, a)
	first := len(gzipped(a))
	spoilt := []byte(zipped)
	for i := first + 12; i < first+40; i++ {
		spoilt[i] ^= 0x55
	}
	r := NewReader(bytes.NewReader(spoilt))
	var bad *Damage
	var urls []string
	for {
		rec, err := r.Next()
		if err == io.EOF {
			break
		}
		if errors.As(err, &bad) {
			continue
		}
		if _, err := io.ReadAll(rec); errors.As(err, &bad) {
			continue
		}
		urls = append(urls, rec.URL())
	}
	if bad == nil || bad.Offset != int64(first) || bad.Records != 1 {
		t.Errorf("damage %v, want it at byte %d after 1 record", bad, first)
	}
	if len(urls) < 2 || urls[len(urls)-1] != "http://p.test/a" {
		t.Errorf("read %q: the last record is whole", urls)
	}
	if !strings.Contains(bad.Error(), fmt.Sprintf("byte %d, after 1 whole record", first)) {
		t.Errorf("%v", bad)
	}
}

// FuzzReader: no panic, positions rise, and a record read on from its position is the same.
func FuzzReader(f *testing.F) {
	a, b := record("response", "http://p.test/a", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbee\r\n0\r\n\r\n", 0), record("resource", "http://p.test/b", "", 0)
	for _, s := range []string{a + b, gzipped(a, b), gzipped(a + b), record("response", "http://p.test/x", "long block", -6) + b, gzipped(a) + "x" + gzipped(b), gzipped(a + "x" + b)[:60]} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		r := NewReader(bytes.NewReader(file))
		last := Position{-1, 0}
		for {
			rec, err := r.Next()
			var bad *Damage
			if err != nil && !errors.As(err, &bad) {
				if err != io.EOF {
					t.Fatal(err)
				}
				return
			}
			if err != nil {
				continue
			}
			if !rec.After(last) || rec.Offset >= int64(len(file)) {
				t.Fatalf("%s follows %s", rec.Position, last)
			}
			last = rec.Position
			res, err := rec.Response(1 << 16)
			again, rerr := Resume(bytes.NewReader(file[rec.Offset:]), rec.Position)
			if rerr != nil {
				t.Fatal(rerr)
			}
			rec2, rerr := again.Next()
			if rerr != nil || rec2.Position != rec.Position || fmt.Sprint(rec2.Header) != fmt.Sprint(rec.Header) {
				t.Fatalf("read again from %s: %v, %+v is not %+v", rec.Position, rerr, rec2, rec)
			}
			res2, err2 := rec2.Response(1 << 16)
			if (err == nil) != (err2 == nil) || res != nil && !bytes.Equal(res.Body, res2.Body) {
				t.Fatalf("read again from %s: another body", rec.Position)
			}
			if res != nil && len(res.Body) > 1<<16 {
				t.Fatalf("a body of %d bytes", len(res.Body))
			}
		}
	})
}
