package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// The list modes are for bulk work without an archive: one JSON object a line
// in, one a line out, in order, id carried over. A line that can't be worked
// on is answered with {"id":…,"error":…} and does not stop the rest.

// maxLine is the longest line that is read, its end included.
const maxLine = 64 << 20

// list answers every line of a file ("-" is standard input) through answer,
// several at a time. It returns errPartly when a line was answered with an error.
func list[In any](ctx context.Context, c *cli, file string, side int, answer func(In) (any, error)) error {
	in := c.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("read list: %w", err)
		}
		if info, err := f.Stat(); err == nil && info.IsDir() {
			f.Close()
			return usage(fmt.Errorf("--list %s is a folder: name a file with one JSON object a line", file))
		}
		defer f.Close()
		in = f
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && !c.quiet && !c.out.tty {
			in = &listReader{in: f, err: c.err, total: info.Size(), began: time.Now()}
			defer c.err.status("")
		}
	}
	out := bufio.NewWriterSize(c.out, 1<<16)
	bad, err := each(ctx, in, out, side, answer)
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	if err == nil && bad > 0 {
		return fmt.Errorf("%w: %s of the list got an error for an answer", errPartly, count(bad, "line"))
	}
	return err
}

// A listReader tells on a terminal how much of a list has been read, how fast,
// and how long the rest will take.
type listReader struct {
	in          io.Reader
	err         *terminal
	total, read int64
	lines       int
	began       time.Time
}

func (r *listReader) Read(b []byte) (int, error) {
	n, err := r.in.Read(b)
	r.read += int64(n)
	r.lines += bytes.Count(b[:n], []byte{'\n'})
	r.err.status(r.told(time.Since(r.began)))
	return n, err
}

// told is what the terminal says after so long a time.
func (r *listReader) told(spent time.Duration) string {
	done := 1.0 // a list may grow meanwhile
	if r.read < r.total {
		done = float64(r.read) / float64(r.total)
	}
	const wide = 20
	full := int(done * wide)
	s := fmt.Sprintf("[%s%s] %3.0f %% of %d MB", strings.Repeat("#", full), strings.Repeat(".", wide-full), 100*done, (r.total+1<<20-1)>>20)
	if spent < 3*time.Second || done == 0 {
		return s // too early to tell
	}
	s += fmt.Sprintf(", %.0f lines/s", float64(r.lines)/spent.Seconds())
	if left := time.Duration(float64(spent) * (1 - done) / done); left > time.Second {
		s += ", " + span(left) + " left"
	}
	return s
}

// each is list between a reader and a writer; it returns how many lines failed.
func each[In any](ctx context.Context, in io.Reader, out io.Writer, side int, answer func(In) (any, error)) (bad int, err error) {
	if side <= 0 {
		side = runtime.GOMAXPROCS(0)
	}
	type result struct {
		v      any
		failed bool
	}
	queue := make(chan chan result, 4*side) // answers in the order of their lines
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(queue)
		work, wctx := errgroup.WithContext(ctx)
		work.SetLimit(side)
		r, end := bufio.NewReaderSize(in, 1<<16), error(nil)
		for n := 1; end == nil; n++ {
			var row []byte
			var long bool
			row, long, end = readRow(r, maxLine)
			if n == 1 {
				row = bytes.TrimPrefix(row, []byte("\ufeff")) // as editors on Windows begin a file
			}
			if len(bytes.TrimSpace(row)) == 0 && !long {
				continue
			}
			ch := make(chan result, 1)
			select {
			case queue <- ch:
			case <-wctx.Done():
				return errors.Join(wctx.Err(), work.Wait())
			}
			if long {
				ch <- result{failure{idOf(nil), fmt.Sprintf("line %d is longer than %d MB", n, maxLine>>20)}, true}
				continue
			}
			work.Go(func() error {
				v, failed := one(row, answer)
				ch <- result{v, failed}
				return nil
			})
		}
		if err := work.Wait(); err != nil {
			return err
		}
		if end != io.EOF {
			return fmt.Errorf("read list: %w", end)
		}
		return nil
	})
	g.Go(func() error {
		for ch := range queue {
			select {
			case r := <-ch:
				if r.failed {
					bad++
				}
				if err := object(out, r.v); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return bad, g.Wait()
}

// readRow reads a line, without its end. Of one longer than most bytes it only
// says that it is, and reads on to the next. The error comes with the last line.
func readRow(r *bufio.Reader, most int) (row []byte, long bool, err error) {
	for {
		var part []byte
		part, err = r.ReadSlice('\n')
		if long = long || len(row)+len(part) > most; long {
			row = nil
		} else {
			row = append(row, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && err != io.EOF: // half a line is none
			return nil, false, err
		}
		row = bytes.TrimSuffix(bytes.TrimSuffix(row, []byte("\n")), []byte("\r"))
		return row, long, err
	}
}

// badLine says what is wrong with a line, without the names of Go's types.
func badLine(err error) error {
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("a line is a JSON object, not %s", article(kind.Value))
	case errors.As(err, &kind):
		return fmt.Errorf("%s can't be %s", kind.Field, article(kind.Value))
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON, at byte %d: %w", syntax.Offset, err)
	}
	return err
}

// article puts a or an before the name of a JSON type.
func article(noun string) string {
	if noun != "" && strings.Contains("aeiou", noun[:1]) {
		return "an " + noun
	}
	return "a " + noun
}

// idOf is the id of a line as it stands there, null when there is none.
func idOf(id json.RawMessage) json.RawMessage {
	if len(id) == 0 {
		return json.RawMessage("null")
	}
	return id
}

// A failure is the answer to a line that can't be worked on.
type failure struct {
	ID    json.RawMessage `json:"id"`
	Error string          `json:"error"`
}

// one answers one line.
func one[In any](row []byte, answer func(In) (any, error)) (v any, failed bool) {
	var head struct {
		ID json.RawMessage `json:"id"`
	}
	var in In
	err := json.Unmarshal(row, &head)
	if err == nil {
		err = json.Unmarshal(row, &in)
	}
	if err != nil {
		err = badLine(err)
	} else {
		v, err = answer(in)
	}
	if err != nil {
		return failure{idOf(head.ID), err.Error()}, true
	}
	return v, false
}
