package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/archive/ingest"
	"pressmark/cmd/pressmark/guest"
	"pressmark/extract/urlkey"
)

// lockWait is how long a command waits for another one to let go of the archive.
const lockWait = 500 * time.Millisecond

// configuration reads the configuration file.
func (c *cli) configuration() (*config, error) {
	path := c.config
	if path == "" {
		path = configName
	}
	conf, err := loadConfig(c, path)
	if err == nil && conf.Timezone == "" {
		conf.zone = c.local()
	}
	return conf, err
}

// place is the archive's folder: -a, the configuration's, or ./archive.
func (c *cli) place() (string, error) {
	if c.archive != "" {
		return c.archive, nil
	}
	conf, err := c.configuration()
	switch {
	case err == nil:
		return conf.Archive, nil
	case errors.Is(err, errNoConfig) && c.config == "":
		return "archive", nil
	}
	return "", err
}

// zone is the one that times are shown in.
func (c *cli) zone() *time.Location {
	if conf, err := c.configuration(); err == nil {
		return conf.zone
	}
	return c.local()
}

// local is the time zone of who typed the command.
func (c *cli) local() *time.Location {
	if c.here != nil {
		return c.here
	}
	return time.Local
}

// A use is what a command does with an archive.
type use int

const (
	forReading  use = iota
	forAdding       // nobody else draws conclusions meanwhile; captures may come in
	forDropping     // nor does anybody read, but for what crawls
)

// reading opens the archive for a command that only reads, and calls do.
func (c *cli) reading(do func(*archive.Store) error) error {
	dir, err := c.place()
	if err != nil {
		return err
	}
	return c.with(dir, forReading, "", func(store *archive.Store) error {
		c.warnBehind(store)
		return do(store)
	})
}

// warnBehind says when captures wait to be read, as after a crawl or a
// reextract that was cut off: what the archive shows is not all that it holds.
func (c *cli) warnBehind(store *archive.Store) {
	var at archive.Seq
	if err := store.View(func(tx *archive.Tx) (err error) {
		at, err = tx.Cursor(ingest.Cursor)
		return err
	}); err != nil {
		return // the command will meet it, and say it
	}
	if c.host != nil {
		return // they are being read
	}
	waiting := 0
	for _, err := range store.Captures(context.Background(), at) {
		if waiting++; err != nil || waiting > 1000 {
			break
		}
	}
	if waiting > 0 {
		c.say("pressmark: not read yet: %s, since a crawl or reextract was cut off; the next crawl goes on with them", count(waiting, "capture"))
	}
}

// adding opens the archive for a command that adds to it, and calls do. Others
// may read meanwhile.
func (c *cli) adding(dir, holder string, do func(*archive.Store) error) error {
	return c.with(dir, forAdding, holder, do)
}

// moving opens the archive for a command that moves a cursor of its own, and
// calls do. Beside what crawls it is one that only reads: nobody else's
// conclusions wait for it.
func (c *cli) moving(holder string, do func(*archive.Store) error) error {
	dir, err := c.place()
	if err != nil {
		return err
	}
	if c.asked != nil {
		return c.with(dir, forReading, holder, do)
	}
	return c.adding(dir, holder, do)
}

// writing opens the archive for a command that changes or drops what is in it,
// and calls do. Nobody reads meanwhile, or would find that half of it is gone.
func (c *cli) writing(dir, holder string, do func(*archive.Store) error) error {
	return c.with(dir, forDropping, holder, do)
}

// with opens an archive and calls do. When another process holds it, that one
// does it, and the error is answered.
func (c *cli) with(dir string, use use, holder string, do func(*archive.Store) error) (err error) {
	if c.asked != nil {
		return c.hosted(dir, use, holder, do)
	}
	store, err := c.open(dir, archive.Options{ReadOnly: use == forReading, Wait: lockWait, Holder: "pressmark " + holder, Log: c.log})
	if err != nil {
		switch {
		case errors.Is(err, archive.ErrNotFound):
			err = hint(err, "pressmark init DIR makes one; -a DIR names another; pressmark demo shows what it is for")
		case errors.Is(err, archive.ErrInUse):
			err = hint(err, "wait until it ends, or stop it")
		case errors.Is(err, archive.ErrDamaged):
			err = hint(err, "pressmark verify --deep says what is lost, pressmark repair mends what can be mended")
		case errors.Is(err, archive.ErrNewer):
			err = hint(err, "a newer pressmark wrote it: pressmark version tells this one's; an archive is never written back to an older format")
		case errors.Is(err, fs.ErrPermission):
			err = hint(err, "the archive's files belong to another user, or a disk that is only to be read; to read, their right to be read is enough")
		}
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return do(store)
}

// open opens an archive, or has the command done by the process that holds it.
func (c *cli) open(dir string, o archive.Options) (store *archive.Store, err error) {
	const tries = 3 // who holds it may end, or not have begun to listen, in that moment
	for range tries {
		if err := c.beside(dir); !errors.Is(err, guest.ErrNobody) {
			return nil, err
		}
		if store, err = archive.Open(dir, o); !errors.Is(err, archive.ErrInUse) {
			break
		}
	}
	return store, err
}

// frontierPath is where the queue of an archive's sites is kept.
func frontierPath(dir string) string { return filepath.Join(dir, "frontier.db") }

// memoryPath is where it is kept what crawls learned of the sites.
func memoryPath(dir string) string { return filepath.Join(dir, "learned.json") }

// page finds the page that an argument names: the beginning of its ID, or its
// URL; a version may follow, as in 7f3a@2. n is 0 when none does.
func page(store *archive.Store, arg string) (p archive.Page, n int, err error) {
	name := arg
	if id, v, ok := strings.Cut(arg, "@"); ok && !strings.Contains(arg, "/") {
		if _, err := fmt.Sscanf(v, "%d", &n); err != nil || n < 1 || fmt.Sprint(n) != v {
			return p, 0, usage(hint(fmt.Errorf("%q is no version number", v), "write "+id+"@1 for the first version"))
		}
		name = id
	}
	key, err := store.Resolve(name)
	if err != nil {
		switch {
		case errors.Is(err, archive.ErrAmbiguous):
			err = hint(err, "write more digits of the ID")
		case errors.Is(err, archive.ErrNoSuch):
			err = hint(err, "pressmark ls lists the articles with their IDs")
		}
		return p, 0, err
	}
	err = store.View(func(tx *archive.Tx) error {
		got, ok, err := tx.Page(key)
		if err == nil && !ok {
			err = fmt.Errorf("%w: page %s", archive.ErrNoSuch, arg)
		}
		p = got
		return err
	})
	if err != nil {
		return p, 0, err
	}
	if n > p.Head {
		return p, 0, noVersion(p, n)
	}
	return p, n, nil
}

// noVersion is the error of a version that a page does not have.
func noVersion(p archive.Page, n int) error {
	if p.Head == 0 {
		why := ""
		if p.Why != "" {
			why = ": " + p.Why
		}
		return hint(fmt.Errorf("%s never showed an article%s", p.URL, why), "pressmark ls lists the articles with their IDs")
	}
	return hint(fmt.Errorf("%s has %s, and none with the number %d", p.Key.ID()[:8], count(p.Head, "version"), n),
		"pressmark log "+p.Key.ID()[:8]+" lists them")
}

// versions reads a page's versions, oldest first.
func versions(store *archive.Store, key urlkey.Key) ([]archive.Version, error) {
	var list []archive.Version
	err := store.View(func(tx *archive.Tx) (err error) {
		list, err = tx.Versions(key)
		return err
	})
	return list, err
}

// version reads one version of a page; n 0 means the latest.
func version(store *archive.Store, p archive.Page, n int) (v archive.Version, err error) {
	if n == 0 {
		n = p.Head
	}
	if n < 1 || n > p.Head {
		return v, noVersion(p, n)
	}
	err = store.View(func(tx *archive.Tx) (err error) {
		v, err = tx.Version(archive.VersionID{Page: p.Key, N: n})
		return err
	})
	return v, err
}
