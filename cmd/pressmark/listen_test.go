package main

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
)

func listenFor(t *testing.T, maxBody int64, h http.HandlerFunc) *listener {
	t.Helper()
	l, err := listen(listenOptions{Name: "a test", Address: "127.0.0.1:0", Handler: h, MaxBody: maxBody, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func TestListenerBearsLittle(t *testing.T) {
	l := listenFor(t, 10, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		}
	})
	post := func(body string, header int) int {
		t.Helper()
		req, err := http.NewRequest("POST", "http://"+l.address(), strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Long", strings.Repeat("x", header))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	for _, c := range []struct {
		body         string
		header, want int
	}{
		{"0123456789", 10, 200},
		{"0123456789a", 10, 413},
		{"", 2 * listenHeader, 431},
	} {
		if got := post(c.body, c.header); got != c.want {
			t.Errorf("%d bytes with a header of %d bytes: status %d, want %d", len(c.body), c.header, got, c.want)
		}
	}
}

// Whoever is being answered when the daemon ends gets the whole answer.
func TestListenerEnds(t *testing.T) {
	asked, resume := make(chan bool), make(chan bool)
	l := listenFor(t, 0, func(w http.ResponseWriter, _ *http.Request) {
		asked <- true
		<-resume
		fmt.Fprint(w, "whole")
	})
	conn, err := net.Dial("tcp", l.address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-asked
	ended := make(chan error)
	go func() { ended <- l.close() }()
	resume <- true
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if body, _ := io.ReadAll(res.Body); string(body) != "whole" {
		t.Errorf("the answer is %q", body)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if conn, err := net.Dial("tcp", l.address()); err == nil {
		conn.Close()
		t.Error("it still listens")
	}
}

func TestListenerTellsThatAnAddressIsTaken(t *testing.T) {
	l := listenFor(t, 0, func(http.ResponseWriter, *http.Request) {})
	_, err := listen(listenOptions{Name: "another", Address: l.address(), Handler: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler)})
	if err == nil || !strings.Contains(err.Error(), "listen for another") {
		t.Errorf("error %v", err)
	}
}
