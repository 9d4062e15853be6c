package crawler

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"
)

// A Memory is what crawls learned of sites that costs requests to learn anew:
// which texts stand for "not found", which forms of addresses lead to no
// article, of which pages the scripts bring nothing. With a file it outlasts
// the process. It is no more than a saving: a file that is damaged is told of,
// and learned anew.
type Memory struct {
	path string // "" keeps it with this process
	log  *slog.Logger
	now  func() time.Time

	answers answers
	shapes  shapes
	scripts scripts

	saving sync.Mutex
	at     time.Time // when it was looked at whether there is anything to save
}

const (
	memorySchema = 1
	memoryLimit  = 64 << 20            // bytes of a file that is read
	memoryEvery  = time.Minute         // between two writings in one round
	memoryFor    = 90 * 24 * time.Hour // that a site is remembered which nobody crawls
)

var errMemory = fmt.Errorf("it is larger than %d MB", memoryLimit>>20)

// NewMemory is a memory of this process alone.
func NewMemory() *Memory { return &Memory{log: slog.New(slog.DiscardHandler), now: time.Now} }

// OpenMemory is the memory that a file keeps. One that is not there yet is made
// when there is something to keep; of one that can't be read the log tells.
func OpenMemory(path string, log *slog.Logger, now func() time.Time) *Memory {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if now == nil {
		now = time.Now
	}
	m := &Memory{path: path, log: log, now: now}
	f, err := readMemory(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		log.Warn("what crawls learned of the sites can't be read, and is learned anew", "file", path, "error", err)
		return m
	}
	m.restore(f)
	return m
}

func readMemory(path string) (f savedMemory, err error) {
	file, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, memoryLimit+1))
	if err != nil {
		return f, err
	}
	return parseMemory(b)
}

// keep writes down what is known, if that is more than what it wrote before. In
// the middle of a round it does so now and then. What goes wrong is told: the
// crawl goes on without.
func (m *Memory) keep(end bool) {
	if m.path == "" {
		return
	}
	m.saving.Lock()
	defer m.saving.Unlock()
	now := m.now()
	if !end && now.Sub(m.at) < memoryEvery {
		return
	}
	m.at = now
	if !m.news() {
		return
	}
	b, err := json.Marshal(m.saved())
	if err == nil && len(b) > memoryLimit {
		err = errMemory
	}
	if err == nil {
		err = replaceFile(m.path, b)
	}
	if err != nil {
		m.log.Warn("can't keep what crawls learned of the sites", "file", m.path, "error", err)
	}
}

// news reports whether anything was learned since it was asked the last time.
func (m *Memory) news() bool {
	is := false
	for _, x := range []struct {
		mu   *sync.Mutex
		news *bool
	}{{&m.answers.mu, &m.answers.news}, {&m.shapes.mu, &m.shapes.news}, {&m.scripts.mu, &m.scripts.news}} {
		x.mu.Lock()
		is, *x.news = is || *x.news, false
		x.mu.Unlock()
	}
	return is
}
