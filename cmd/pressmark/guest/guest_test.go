package guest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// listenFor serves commands in a folder until the test ends.
func listenFor(t *testing.T, dir string, o Options) *Server {
	t.Helper()
	s, err := Listen(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		over, cancel := context.WithCancel(context.Background())
		cancel()
		if err := s.Close(over); err != nil {
			t.Error(err)
		}
		if s.Guests() > 0 {
			t.Errorf("%d commands are still at work", s.Guests())
		}
	})
	return s
}

// asked runs a command line and gives what it printed.
func asked(t *testing.T, dir string, r Request, stdin string) (code int, stdout, stderr string, err error) {
	t.Helper()
	var out, talk bytes.Buffer
	code, err = Ask(t.Context(), dir, r, Terminal{strings.NewReader(stdin), &out, &talk}, 0)
	return code, out.String(), talk.String(), err
}

// A command prints, reads and makes files as if it ran where it was typed.
func TestCommand(t *testing.T) {
	dir, home := t.TempDir(), t.TempDir()
	name := func(s string) string { return filepath.Join(home, s) }
	large := bytes.Repeat([]byte("0123456789abcdef"), 200<<10/16)
	if err := errors.Join(os.WriteFile(name("in"), large, 0o644), os.WriteFile(name("old"), []byte("old"), 0o600)); err != nil {
		t.Fatal(err)
	}
	listenFor(t, dir, Options{Run: func(ctx context.Context, c *Command) int {
		end, err := c.Turn(nil)
		if err != nil {
			t.Error(err)
			return 1
		}
		defer end()
		fmt.Fprintf(c.Stderr, "%s, %d columns\n", strings.Join(c.Args, " "), c.Stdout.Columns)
		f, err := c.Open(name("in"))
		if err != nil {
			t.Error(err)
			return 1
		}
		if n, err := io.Copy(c.Stdout, f); err != nil || n != int64(len(large)) {
			t.Errorf("%d bytes, %v", n, err)
		}
		f.Close()
		word := make([]byte, 4)
		io.ReadFull(c.Stdin, word)
		fmt.Fprintf(c.Stdout, "%s", word)
		for file, keep := range map[string]bool{"old": true, "a/b/new": true, "dropped": false} {
			out, err := c.Create(name(file), Making{Many: true})
			if err != nil {
				t.Error(err)
				continue
			}
			if _, err := out.Write(large); err != nil {
				t.Error(err)
			}
			if !keep {
				out.Drop()
			} else if err := out.Keep(); err != nil {
				t.Error(err)
			}
		}
		// Errors are what they would be here.
		for _, try := range []func(Files) error{
			func(f Files) error { _, err := f.Open(name("missing")); return err },
			func(f Files) error { _, err := f.Stat(name("missing")); return err },
			func(f Files) error { _, err := f.Open(home); return err },
			func(f Files) error { _, err := f.Create(name("no/folder"), Making{}); return err },
			func(f Files) error { _, err := f.Create(name("old"), Making{New: true}); return err },
			func(f Files) error { return f.Remove(name("missing")) },
		} {
			near, far := try(Local{}), try(c)
			var p, q *fs.PathError
			if near == nil || far == nil || near.Error() != far.Error() || errors.Is(near, fs.ErrNotExist) != errors.Is(far, fs.ErrNotExist) ||
				errors.Is(near, fs.ErrExist) != errors.Is(far, fs.ErrExist) || errors.As(near, &p) != errors.As(far, &q) {
				t.Errorf("there %v, here %v", far, near)
			}
		}
		info, err := c.Stat(name("old"))
		if err != nil || info.Size != int64(len(large)) || info.Mode.Perm() != 0o600 {
			t.Errorf("%+v, %v", info, err)
		}
		if err := errors.Join(c.Remove(name("in")), c.Stdout.Flush()); err != nil {
			t.Error(err)
		}
		return 7
	}})
	for n, said := range map[string][2]int64{"": {}, "yes, 72 columns\n": {int64(len(large)), 16}} {
		if err := os.WriteFile(name("in"), large, 0o644); err != nil {
			t.Fatal(err)
		}
		code, out, talk, err := asked(t, dir, Request{Args: []string{"yes"}, Stdout: Screen{Columns: 72}, Said: said}, "word and more")
		if want := string(large) + "word"; err != nil || code != 7 || out != want[said[0]:] || talk != "yes, 72 columns\n"[said[1]:] {
			t.Errorf("%q: code %d, %d bytes, %q, %v", n, code, len(out), talk, err)
		}
	}
	for file, want := range map[string]bool{"old": true, "a/b/new": true, "dropped": false, "in": false} {
		if b, err := os.ReadFile(name(file)); bytes.Equal(b, large) != want {
			t.Errorf("%s: %d bytes, %v", file, len(b), err)
		}
	}
	if list, err := os.ReadDir(home); err != nil || len(list) != 2 {
		t.Errorf("left behind: %v, %v", list, err)
	}
}

// What a command does not read of its standard input stays for others.
func TestStdinStays(t *testing.T) {
	dir := t.TempDir()
	listenFor(t, dir, Options{Run: func(context.Context, *Command) int { return 0 }})
	in := strings.NewReader("for the next")
	if _, err := Ask(t.Context(), dir, Request{}, Terminal{in, io.Discard, io.Discard}, 0); err != nil || in.Len() != len("for the next") {
		t.Errorf("%d bytes left, %v", in.Len(), err)
	}
}

type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

// Where the client's standard output is full, the command hears of it.
func TestStdoutFull(t *testing.T) {
	dir := t.TempDir()
	var wrote, flushed error
	listenFor(t, dir, Options{Run: func(_ context.Context, c *Command) int {
		for range 10_000 {
			if _, wrote = c.Stdout.Write(make([]byte, chunk)); wrote != nil {
				break
			}
		}
		flushed = c.Stdout.Flush()
		return 1
	}})
	code, err := Ask(t.Context(), dir, Request{}, Terminal{nil, &full{1 << 20}, io.Discard}, 0)
	for _, err := range []error{wrote, flushed} {
		if err == nil || err.Error() != "no room" {
			t.Error(err)
		}
	}
	if code != 1 || err != nil {
		t.Errorf("%d, %v", code, err)
	}
}

// A panic is the end of a command, and of nothing else.
func TestPanic(t *testing.T) {
	dir := t.TempDir()
	listenFor(t, dir, Options{Run: func(_ context.Context, c *Command) int {
		if len(c.Args) > 0 {
			panic("a fault")
		}
		return 0
	}})
	if code, _, talk, err := asked(t, dir, Request{Args: []string{"fail"}}, ""); code != 1 || err != nil || !strings.Contains(talk, "a fault") {
		t.Errorf("%d, %q, %v", code, talk, err)
	}
	if code, _, _, err := asked(t, dir, Request{}, ""); code != 0 || err != nil {
		t.Errorf("then %d, %v", code, err)
	}
}

// Ctrl-C ends the command at the other end, and so does the client's death.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	began, over := make(chan bool, 1), make(chan error, 1)
	listenFor(t, dir, Options{Run: func(ctx context.Context, c *Command) int {
		began <- true
		_, err := io.ReadAll(c.Stdin) // nothing comes
		<-ctx.Done()
		over <- errors.Join(err, ctx.Err())
		return 130
	}})
	stdin, typing := io.Pipe()
	defer typing.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-began
		cancel()
	}()
	if code, err := Ask(ctx, dir, Request{}, Terminal{stdin, io.Discard, io.Discard}, 0); code != 130 || err != nil {
		t.Errorf("%d, %v", code, err)
	}
	if err := <-over; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}

	conn := greet(t, dir, Request{Protocol: Protocol})
	<-began
	conn.Close()
	if err := <-over; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// greet connects by hand.
func greet(t *testing.T, dir string, r Request) net.Conn {
	t.Helper()
	conn, err := dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := conn.Write(appendFrame(nil, frameGreeting, encode(r))); err != nil {
		t.Fatal(err)
	}
	return conn
}

// A client that reads nothing makes its own command wait, with little memory,
// and takes nobody's turn.
func TestSlowClient(t *testing.T) {
	dir := t.TempDir()
	over := make(chan error, 1)
	listenFor(t, dir, Options{AtOnce: 1, Run: func(_ context.Context, c *Command) int {
		end, err := c.Turn(nil)
		if err != nil {
			return 1
		}
		defer end()
		if len(c.Args) > 0 {
			for err == nil {
				_, err = c.Stdout.Write(make([]byte, 1<<20))
			}
			over <- err
		}
		return 0
	}})
	slow := greet(t, dir, Request{Protocol: Protocol, Args: []string{"everything"}})
	for range 3 {
		if code, _, _, err := asked(t, dir, Request{}, ""); code != 0 || err != nil {
			t.Fatalf("%d, %v", code, err)
		}
	}
	slow.Close()
	if err := <-over; err == nil {
		t.Error("the client went, and the command did not hear of it")
	}
}

// Commands take turns, and who waits is told.
func TestTurns(t *testing.T) {
	dir := t.TempDir()
	at, goOn := make(chan bool), make(chan bool)
	listenFor(t, dir, Options{AtOnce: 2, Run: func(_ context.Context, c *Command) int {
		end, err := c.Turn(func() { fmt.Fprint(c.Stderr, "waiting") })
		if err != nil {
			return 1
		}
		defer end()
		at <- true
		<-goOn
		return 0
	}})
	talks := make(chan string, 3)
	for range 3 {
		go func() {
			_, _, talk, _ := asked(t, dir, Request{}, "")
			talks <- talk
		}()
	}
	<-at
	<-at
	select {
	case <-at:
		t.Error("a third is at work")
	case <-time.After(50 * time.Millisecond):
	}
	goOn <- true
	<-at
	goOn <- true
	goOn <- true
	waited := 0
	for range 3 {
		if <-talks == "waiting" {
			waited++
		}
	}
	if waited != 1 {
		t.Errorf("%d were told that they wait", waited)
	}
}

// Nonsense, silence and a crowd cost a server nothing: an honest command is
// answered all the while.
func TestHostile(t *testing.T) {
	dir := t.TempDir()
	listenFor(t, dir, Options{Run: func(_ context.Context, c *Command) int {
		fmt.Fprint(c.Stdout, "fine")
		if len(c.Args) > 0 {
			c.Stat("x") // never answered, or with nonsense
		}
		return 0
	}})
	honest := func(why string) {
		t.Helper()
		var out bytes.Buffer
		if code, err := Ask(t.Context(), dir, Request{}, Terminal{nil, &out, io.Discard}, 20*time.Second); code != 0 || err != nil || out.String() != "fine" {
			t.Errorf("%s: %d, %q, %v", why, code, out.String(), err)
		}
	}
	greeting := appendFrame(nil, frameGreeting, encode(Request{Protocol: Protocol, Args: []string{"stat"}}))
	for why, text := range map[string]string{
		"garbage":            "GET / HTTP/1.1\r\n\r\n",
		"a huge frame":       "H\xff\xff\xff\xff",
		"no JSON":            "H\x01\x00\x00\x00{",
		"half a frame":       "H\x05\x00\x00\x00{",
		"no greeting":        "I\x00\x00\x00\x00",
		"a server's frame":   string(greeting) + "O\x01\x00\x00\x00x",
		"a huge frame later": string(greeting) + "A\xff\xff\xff\xff",
		"a wrong answer":     string(greeting) + string(appendFrame(nil, frameAnswer, []byte(`{"number":77}`))) + string(appendFrame(nil, frameData, nil)),
		"many interrupts":    string(greeting) + strings.Repeat("I\x00\x00\x00\x00", 10_000),
	} {
		conn, err := dial(dir)
		if err != nil {
			t.Fatal(err)
		}
		conn.Write([]byte(text))
		conn.CloseWrite()
		conn.SetReadDeadline(time.Now().Add(30 * time.Second))
		if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the server waits", why)
		}
		conn.Close()
		honest(why)
	}
	var silent []net.Conn
	for range 200 {
		conn, err := dial(dir)
		if err != nil {
			break // the system lets no more in
		}
		silent = append(silent, conn)
	}
	if len(silent) < maxGuests {
		t.Errorf("%d came in", len(silent))
	}
	honest("a crowd")
	for _, conn := range silent {
		conn.Close()
	}
}

// Programs that don't understand each other say so.
func TestVersions(t *testing.T) {
	dir := t.TempDir()
	listenFor(t, dir, Options{Program: "2.0", Run: func(context.Context, *Command) int { return 0 }})
	conn := greet(t, dir, Request{Protocol: Protocol + 1, Program: "9.9"})
	kind, body, err := readFrame(conn)
	if err != nil || kind != frameRefusal || !strings.Contains(string(body), `"why":"version"`) {
		t.Errorf("%q %s %v", kind, body, err)
	}
	other := t.TempDir()
	l, err := listen(other)
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		readFrame(conn)
		conn.Write(appendFrame(nil, frameRefusal, encode(Refusal{Protocol: 9, Program: "9.9", Why: whyVersion})))
		conn.Close()
	}()
	_, _, _, err = asked(t, other, Request{Program: "2.0"}, "")
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "pressmark 9.9") || !strings.Contains(err.Error(), "pressmark 2.0") {
		t.Error(err)
	}
}

// A server's end is told to the commands in it, and leaves no socket.
func TestEnd(t *testing.T) {
	dir := t.TempDir()
	began := make(chan bool)
	s, err := Listen(dir, Options{Run: func(ctx context.Context, c *Command) int {
		began <- true
		<-ctx.Done()
		if errors.Is(context.Cause(ctx), ErrEnding) {
			fmt.Fprint(c.Stderr, "ending")
		}
		return 1
	}})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		<-began
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		ended <- s.Close(ctx)
	}()
	if code, _, talk, err := asked(t, dir, Request{}, ""); code != 1 || talk != "ending" || err != nil {
		t.Errorf("%d, %q, %v", code, talk, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
		t.Errorf("left behind: %v, %v", list, err)
	}
	if _, _, _, err := asked(t, dir, Request{}, ""); !errors.Is(err, ErrNobody) {
		t.Error(err)
	}
}

// A process that was killed leaves a socket that nobody listens on; the next
// one takes its place. Deep folders have sockets, too.
func TestSocket(t *testing.T) {
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), strings.Repeat("a long name of a folder/", 12))} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		dead, err := listen(dir)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(filepath.Join(dir, socketName)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
		dead.UnixListener.Close() // as the system does for it
		if _, _, _, err := asked(t, dir, Request{}, ""); !errors.Is(err, ErrNobody) {
			t.Error(err)
		}
		listenFor(t, dir, Options{Run: func(context.Context, *Command) int { return 5 }})
		if code, _, _, err := asked(t, dir, Request{}, ""); code != 5 || err != nil {
			t.Errorf("%s: %d, %v", dir, code, err)
		}
	}
}

// Where a socket can't stand in the folder a link to it does.
func TestLinkedSocket(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", t.TempDir())
	l := &listener{name: filepath.Join(dir, socketName)}
	if err := l.elsewhere(dir); err != nil {
		t.Fatal(err)
	}
	go func() {
		if conn, err := l.Accept(); err == nil {
			readFrame(conn)
			conn.Write(append(appendFrame(nil, frameWelcome, []byte("{}")), appendFrame(nil, frameEnd, []byte(`{"code":6}`))...))
			conn.Close()
		}
	}()
	if code, _, _, err := asked(t, dir, Request{}, ""); code != 6 || err != nil {
		t.Errorf("%d, %v", code, err)
	}
	if err := l.close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, socketName)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the link is still there")
	}
	if list, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(list) > 0 {
		t.Errorf("left behind: %v, %v", list, err)
	}
}

// A time zone is the same at both ends, whatever it is called.
func TestZone(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Africa/Casablanca", "Antarctica/Troll", "Pacific/Apia"} {
		near, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		far := TimeZone(Zone(near))
		if far == nil {
			t.Errorf("%s is not read", name)
			continue
		}
		for at := time.Unix(0, 0); at.Year() < zoneUntil; at = at.Add(31*time.Hour + 7*time.Minute) {
			if a, b := at.In(near).Format(time.RFC1123Z+" MST"), at.In(far).Format(time.RFC1123Z+" MST"); a != b {
				t.Errorf("%s: %s is %s there", name, a, b)
				break
			}
		}
	}
	if TimeZone([]byte("TZif nonsense")) != nil {
		t.Error("nonsense is a time zone")
	}
}
