package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// header is what a server sends, more or less.
var header = http.Header{
	"Content-Type":  {"text/html; charset=utf-8"},
	"Date":          {"Thu, 01 Jan 2026 00:00:00 GMT"},
	"Etag":          {`"5f3c-61b0"`},
	"Cache-Control": {"max-age=60"},
	"Server":        {"nginx"},
}

// members is a WARC file as crawlers write them: a gzip member a record, a page
// that is the same to the byte only pointed to.
type members struct {
	path string
	f    *os.File
	seen map[[32]byte]bool
}

func (m *members) name() string { return "WARC, a gzip member a record" }

func (m *members) put(c capture) (err error) {
	if m.f == nil {
		if m.f, err = os.Create(m.path); err != nil {
			return err
		}
		m.seen = map[[32]byte]bool{}
	}
	sum := sha256.Sum256(c.body)
	var block bytes.Buffer
	block.WriteString("HTTP/1.1 200 OK\r\n")
	header.Write(&block)
	block.WriteString("\r\n")
	kind := "revisit"
	if !m.seen[sum] {
		kind = "response"
		m.seen[sum] = true
		block.Write(c.body)
	}
	z, err := gzip.NewWriterLevel(m.f, 6)
	if err != nil {
		return err
	}
	fmt.Fprintf(z, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%x-%x>\r\nWARC-Date: %s\r\nWARC-Target-URI: %s\r\n"+
		"WARC-Payload-Digest: sha1:%X\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n",
		kind, sum[:8], sum[8:16], c.at.Format("2006-01-02T15:04:05Z"), c.url, sum[:20], block.Len())
	z.Write(block.Bytes())
	io.WriteString(z, "\r\n\r\n")
	return z.Close()
}

func (m *members) close() (int64, error) {
	info, err := m.f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// solid is one tar of all, packed by zstd with a window of 128 MB: small, but
// to read one page all before it must be unpacked.
type solid struct {
	dir string
	f   *os.File
	z   *zstd.Encoder
	t   *tar.Writer
	n   int
}

func (s *solid) name() string { return "tar.zst, solid (no way to read one)" }

func (s *solid) put(c capture) (err error) {
	if s.f == nil {
		if s.f, err = os.Create(filepath.Join(s.dir, "all.tar.zst")); err != nil {
			return err
		}
		if s.z, err = zstd.NewWriter(s.f, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithWindowSize(128<<20)); err != nil {
			return err
		}
		s.t = tar.NewWriter(s.z)
	}
	s.n++
	if err := s.t.WriteHeader(&tar.Header{Name: fmt.Sprint(s.n), Mode: 0o644, Size: int64(len(c.body)), ModTime: c.at}); err != nil {
		return err
	}
	_, err = s.t.Write(c.body)
	return err
}

func (s *solid) close() (int64, error) {
	if err := s.t.Flush(); err != nil {
		return 0, err
	}
	if err := s.z.Flush(); err != nil {
		return 0, err
	}
	info, err := s.f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// A repository is a git folder with a file a page and a commit a round.
type repository struct {
	dir   string
	files map[string]int
}

func newRepository(dir string) (*repository, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	r := &repository{dir: dir, files: map[string]int{}}
	return r, r.git("init", "-q")
}

func (r *repository) git(args ...string) error {
	c := exec.Command("git", append([]string{"-c", "user.name=bench", "-c", "user.email=bench@example.test", "-c", "gc.auto=0"}, args...)...)
	c.Dir = r.dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w: %s", args[0], err, out)
	}
	return nil
}

func (r *repository) name() string { return "git, packed (gc)" }

func (r *repository) put(c capture) error {
	n, known := r.files[c.url]
	if !known {
		n = len(r.files)
		r.files[c.url] = n
	}
	// Its history holds every look: the one before goes into a commit of its own.
	if known && n == 0 {
		if err := r.commit(); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(r.dir, fmt.Sprint(n)), c.body, 0o644)
}

func (r *repository) commit() error {
	if err := r.git("add", "."); err != nil {
		return err
	}
	return r.git("commit", "-q", "--allow-empty", "-m", "look")
}

func (r *repository) close() (int64, error) {
	if err := r.commit(); err != nil {
		return 0, err
	}
	if err := r.git("gc", "-q", "--prune=now"); err != nil {
		return 0, err
	}
	return folderSize(filepath.Join(r.dir, ".git", "objects", "pack"))
}
