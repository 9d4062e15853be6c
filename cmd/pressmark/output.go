package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"pressmark/cmd/pressmark/guest"
)

// How commands read and write, so that each works beside a running daemon
// without knowing of it. While pressmark run, crawl or demo holds
// the archive, that process runs the whole command line again, with the Store
// that it has open; see beside.go. All a command has to do:
//
//   - open the archive by c.reading(do), which may be called with a Store that
//     others write to meanwhile; c.adding(dir, holder, do) for what adds to it:
//     in do nobody else draws conclusions, but captures may come in;
//     or c.writing(dir, holder, do) for what drops or rewrites what is there:
//     no other command reads meanwhile, either. (What must have the archive for
//     itself opens it by other means, and ends with archive.ErrInUse.)
//   - do nothing lasting before that, and read no standard input: it runs twice;
//   - print on c.out, c.err (c.say) and c.exact(), never on os.Stdout;
//   - read files by c.input(name), "-" being standard input;
//   - make files by c.output(name), folders of files by c.folder(dir);
//   - keep to cmd.Context(), os.Getenv and os.Getwd to none, and use no global
//     variable: other commands run in the same process.
//
// The files are those of who typed the command: its folder, its rights.

// An output is a file that takes its name when it is whole, a device that is
// written to as it comes, or standard output, whose file is nil.
type output struct {
	io.Writer
	file   guest.Output
	name   string
	device bool
}

// output opens the file that -o names, or standard output for "" and "-". The
// file takes its name only when it is whole.
func (c *cli) output(name string) (*output, error) {
	if name == "" || name == "-" {
		return &output{Writer: c.exact()}, nil
	}
	return c.create(name, guest.Making{})
}

func (c *cli) create(name string, o guest.Making) (*output, error) {
	f, err := c.files().Create(name, o)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return &output{Writer: f, file: f, name: name, device: f.Device()}, nil
}

// close keeps the file if err is nil and drops it otherwise; it returns err or
// what went wrong with keeping it.
func (o *output) close(err error) error {
	switch {
	case o.file == nil:
		return err
	case err != nil:
		o.file.Drop()
	default:
		err = o.file.Keep()
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("write %s: %w", o.name, err)
}

// exact is standard output for bytes that must stay as they are. On a terminal
// they do not: nobody's screen is a file.
func (c *cli) exact() io.Writer {
	if c.out.tty {
		return newTerminal(struct{ io.Writer }{c.out.raw}, "never")
	}
	return c.out.raw
}

// A folder is where many files are written.
type folder struct {
	c   *cli
	dir string
}

// folder is a folder that -o names; it is made with the first file.
func (c *cli) folder(dir string) folder { return folder{c, dir} }

// Write makes a file of the folder, whole or not at all. The name may have
// folders of its own.
func (f folder) Write(name string, fill func(io.Writer) error) error {
	out, err := f.c.create(filepath.Join(f.dir, name), guest.Making{Many: true})
	if err != nil {
		return err
	}
	return out.close(fill(out))
}

// input opens a file to read it from front to back; "-" is standard input,
// where waiting ends with ctx.
func (c *cli) input(ctx context.Context, name string) (io.ReadCloser, error) {
	if name == "-" {
		if c.in == nil {
			return nil, errors.New("there is no standard input")
		}
		return io.NopCloser(interruptible(ctx, c.in)), nil
	}
	return c.files().Open(name)
}

// read gives a whole file of at most a number of bytes.
func (c *cli) read(name string, most int64) ([]byte, error) {
	f, err := c.files().Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = fmt.Errorf("%s is larger than %d MB", name, most>>20)
	}
	return b, err
}

// files are those of who typed the command.
func (c *cli) files() guest.Files {
	if c.asked != nil {
		return c.asked
	}
	return guest.Local{}
}
