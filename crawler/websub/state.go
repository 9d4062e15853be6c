package websub

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// The state is one file of JSON, which only its owner may read: it holds the
// secrets that hubs sign with. It is written anew and renamed, so that who
// reads it beside a daemon finds a whole one.
const (
	schema   = 1
	maxState = 16 << 20
)

type state struct {
	Schema        int       `json:"schema"`
	Callback      string    `json:"callback"`
	Subscriptions []*record `json:"subscriptions"`
}

// errState says that a file holds no subscriptions.
var errState = errors.New("not a file of subscriptions")

// readState reads what is subscribed to under a callback; "" is any.
func readState(path, callback string) ([]*record, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if info.Size() > maxState {
		return nil, fmt.Errorf("%s: %w: it has %d bytes", path, errState, info.Size())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	list, err := parseState(b, callback)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return list, nil
}

func parseState(b []byte, callback string) ([]*record, error) {
	var st state
	if err := json.Unmarshal(b, &st); err != nil {
		return nil, fmt.Errorf("%w: %w", errState, err)
	}
	if st.Schema != schema {
		return nil, fmt.Errorf("%w of this version: schema %d", errState, st.Schema)
	}
	if callback != "" && st.Callback != callback {
		return nil, nil
	}
	seen, feeds := map[string]bool{}, map[feedName]bool{}
	for _, r := range st.Subscriptions {
		if r == nil || len(r.Token) < 16 || len(r.Secret) < 16 || r.Hub == "" || r.Topic == "" || seen[r.Token] {
			return nil, fmt.Errorf("%w: one of them is not whole", errState)
		}
		seen[r.Token] = true
		switch name := (feedName{r.Site, r.Feed}); r.State {
		case Asked, Active, Denied, Failing:
			if feeds[name] {
				return nil, fmt.Errorf("%w: two are of %s", errState, r.Feed)
			}
			feeds[name] = true
		case Leaving:
		default:
			return nil, fmt.Errorf("%w: there is no state %q", errState, r.State)
		}
	}
	return st.Subscriptions, nil
}

// Subscriptions reads the file of a Subscriber, which may be at work on it.
func Subscriptions(path string, now time.Time) ([]Subscription, error) {
	list, err := readState(path, "")
	if err != nil {
		return nil, fmt.Errorf("read subscriptions: %w", err)
	}
	var shown []Subscription
	for _, r := range list {
		shown = append(shown, r.shown(now))
	}
	return ordered(shown), nil
}

// save writes the state if it has changed.
func (s *Subscriber) save() error {
	s.file.Lock()
	defer s.file.Unlock()
	s.mu.Lock()
	if !s.dirty {
		s.mu.Unlock()
		return nil
	}
	st := state{Schema: schema, Callback: s.o.Callback, Subscriptions: []*record{}}
	for _, r := range s.all {
		st.Subscriptions = append(st.Subscriptions, r)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(st)
	s.dirty = err != nil
	s.mu.Unlock()
	if err == nil {
		err = replace(s.o.Path, b.Bytes())
	}
	if err != nil {
		s.mu.Lock()
		s.dirty = true
		s.mu.Unlock()
		return fmt.Errorf("write subscriptions: %w", err)
	}
	return nil
}

// replace puts a whole file in a file's place. A file of this kind may be lost
// with the power, so nothing waits for the disk.
func replace(path string, b []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
