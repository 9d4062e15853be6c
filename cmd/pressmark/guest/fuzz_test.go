package guest

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"testing"
	"time"
)

// A frame that is read is the bytes that it was read from, and is never larger
// than they are.
func FuzzFrame(f *testing.F) {
	f.Add(appendFrame(nil, frameGreeting, encode(Request{Protocol: Protocol, Args: []string{"ls"}})))
	f.Add(appendFrame(appendFrame(nil, frameData, number(7), []byte("text")), frameInterrupt))
	f.Add([]byte("A\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, text []byte) {
		in := bytes.NewReader(text)
		for {
			from := len(text) - in.Len()
			kind, body, err := readFrame(in)
			if err != nil {
				return
			}
			if again := appendFrame(nil, kind, body); !bytes.Equal(again, text[from:len(text)-in.Len()]) {
				t.Fatalf("%q was read from %q", again, text[from:])
			}
		}
	})
}

// Whatever a client says after its greeting, the command that it asked for ends,
// without a panic, once the client is gone.
func FuzzClient(f *testing.F) {
	info := encode(answer{Number: 1, Info: Info{Size: 3}})
	f.Add(appendFrame(appendFrame(nil, frameAnswer, info), frameData, number(2), []byte("words")))
	f.Add(appendFrame(appendFrame(nil, frameBroken, encode(broken{0, fault{Text: "full", Op: "write", Path: "x", Kind: "exist"}})), frameInterrupt))
	f.Add(appendFrame(nil, frameAnswer, []byte(`{"number":1,"fault":{"kind":"notexist"}}`)))
	f.Add(appendFrame(nil, frameData))
	f.Fuzz(func(t *testing.T, text []byte) {
		s := &Server{turns: make(chan struct{}, 1), ctx: t.Context()}
		s.o = Options{Log: slog.New(slog.DiscardHandler), Run: func(_ context.Context, c *Command) int {
			end, err := c.Turn(nil)
			if err != nil {
				return 1
			}
			defer end()
			c.Stat("a")
			io.ReadAll(io.LimitReader(c.Stdin, 1<<16))
			if out, err := c.Create("b", Making{}); err == nil {
				out.Write(make([]byte, 3*chunk))
				out.Keep()
			}
			c.Stdout.Write([]byte("all"))
			c.Stdout.Flush()
			return 0
		}}
		here, there := net.Pipe()
		over := make(chan bool)
		go func() {
			defer close(over)
			s.serve(there)
		}()
		go io.Copy(io.Discard, here)
		here.Write(appendFrame(nil, frameGreeting, encode(Request{Protocol: Protocol})))
		here.Write(text)
		here.Close()
		select {
		case <-over:
		case <-time.After(time.Minute):
			t.Fatal("the command does not end")
		}
		if len(s.turns) > 0 {
			t.Fatal("a turn is kept for ever")
		}
	})
}

// Whatever a server says, the client makes no file of it and ends.
func FuzzServer(f *testing.F) {
	f.Add(appendFrame(appendFrame(nil, frameStdout, []byte("text")), frameEnd, encode(ended{3})))
	f.Add(appendFrame(nil, frameContent, number(4), []byte("text")))
	f.Add(appendFrame(nil, frameCall, encode(call{Number: 1, Do: doKeep, File: 1})))
	f.Add(appendFrame(nil, frameCall, encode(call{Number: 1, Do: doSync})))
	f.Fuzz(func(t *testing.T, text []byte) {
		in := bytes.NewReader(text)
		here, there := net.Pipe()
		defer there.Close()
		go io.Copy(io.Discard, there)
		c := &client{t: Terminal{nil, io.Discard, io.Discard}, link: newLink(here), files: map[uint32]*held{}}
		defer c.drop()
		for {
			kind, body, err := readFrame(in)
			if err != nil || kind == frameEnd {
				return
			}
			var what call
			if kind == frameCall && decode(body, &what) == nil && what.Name != "" {
				continue // it would be done
			}
			if c.heard(kind, body) != nil {
				return
			}
		}
	})
}
