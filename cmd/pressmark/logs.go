package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"
)

// Where the log goes, and how it is written: for who runs a daemon. It says
// nothing that stdout says.
const logHelp = `The log goes to stderr, from warnings on; -v adds what each crawl came to, -vv each
request, and the crawls that asked for nothing. With --log-file it goes to that file
instead, each crawl included; a file that was moved away (logrotate) is begun anew.`

// logFlags are those of a command that crawls.
func (c *cli) logFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.logFormat, "log-format", "text", "write the log as text or json")
	cmd.Flags().StringVar(&c.logFile, "log-file", "", "write the log to the end of `FILE`, not to stderr")
}

// newLog makes the log that the flags ask for.
func (c *cli) newLog() (*slog.Logger, error) {
	o := &slog.HandlerOptions{Level: slog.LevelWarn}
	w := io.Writer(besideStatus{c.err})
	if c.logFile != "" && c.asked == nil { // what another process does for this one, that one logs
		f, err := openLog(c.logFile)
		if err != nil {
			return nil, err
		}
		w, o.Level = f, slog.LevelInfo
	}
	switch {
	case c.quiet:
		o.Level = slog.LevelError
	case c.verbose > 1:
		o.Level = slog.LevelDebug
	case c.verbose == 1:
		o.Level = slog.LevelInfo
	}
	switch c.logFormat {
	case "", "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return nil, usage(fmt.Errorf("--log-format is %q: write text or json", c.logFormat))
}

// besideStatus writes to a terminal where a progress line may stand.
type besideStatus struct{ t *terminal }

// Write implements io.Writer.
func (w besideStatus) Write(p []byte) (int, error) {
	w.t.status("")
	return w.t.raw.Write(p)
}

// A logFile is a file that is written to at its end. When it is moved away it
// is begun anew.
type logFile struct {
	name string

	mu     sync.Mutex
	f      *os.File
	looked time.Time
}

// logLook is how often a log looks whether its file is still there.
const logLook = time.Second

func openLog(name string) (*logFile, error) {
	l := &logFile{name: name}
	return l, l.open()
}

func (l *logFile) open() error {
	f, err := os.OpenFile(l.name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o640)
	if err != nil {
		return fmt.Errorf("open the log: %w", withoutCall(err))
	}
	if l.f != nil {
		l.f.Close() // of what was written to it nothing is lost
	}
	l.f = f
	return nil
}

// Write implements io.Writer.
func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now(); now.Sub(l.looked) > logLook {
		l.looked = now
		there, err := os.Stat(l.name)
		mine, merr := l.f.Stat()
		if err != nil || merr == nil && !os.SameFile(there, mine) {
			if err := l.open(); err != nil {
				fmt.Fprintln(l.f, err) // into the one that was moved
			}
		}
	}
	return l.f.Write(p)
}
