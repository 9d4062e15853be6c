package main

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"net"
	"strings"
	"sync"
	"testing"
)

// A mailbox is a mail server on loopback that keeps what it gets.
type mailbox struct {
	at       string
	tls      *tls.Config
	password string // that PLAIN must bring, over TLS
	refuse   string // a recipient that does not exist

	mu       sync.Mutex
	messages []string
	secured  []bool // whether each came over TLS and after a login
}

func newMailbox(t *testing.T, conf *tls.Config, password string) *mailbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &mailbox{at: l.Addr().String(), tls: conf, password: password}
	var atWork sync.WaitGroup
	atWork.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			atWork.Go(func() { b.serve(conn) })
		}
	})
	t.Cleanup(func() { l.Close(); atWork.Wait() })
	return b
}

func (b *mailbox) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	in := bufio.NewReader(conn)
	say := func(lines ...string) { conn.Write([]byte(strings.Join(lines, "\r\n") + "\r\n")) }
	say("220 mailbox ESMTP")
	secure, known := false, false
	for {
		text, err := in.ReadString('\n')
		if err != nil {
			return
		}
		text = strings.TrimSpace(text)
		switch verb, rest, _ := strings.Cut(text, " "); strings.ToUpper(verb) {
		case "EHLO":
			if secure {
				say("250-mailbox", "250-8BITMIME", "250 AUTH PLAIN")
			} else {
				say("250-mailbox", "250-8BITMIME", "250 STARTTLS")
			}
		case "STARTTLS":
			say("220 go ahead")
			over := tls.Server(conn, b.tls)
			if over.Handshake() != nil {
				return
			}
			conn, in, secure = over, bufio.NewReader(over), true
		case "AUTH":
			_, word, _ := strings.Cut(rest, " ")
			plain, _ := base64.StdEncoding.DecodeString(word)
			if known = secure && string(plain) == "\x00press\x00"+b.password; known {
				say("235 welcome")
			} else {
				say("535 who are you")
			}
		case "RCPT":
			if b.refuse != "" && strings.Contains(text, b.refuse) {
				say("550 no such mailbox")
				continue
			}
			say("250 fine")
		case "DATA":
			say("354 go on")
			var m strings.Builder
			for {
				text, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if text == ".\r\n" {
					break
				}
				m.WriteString(strings.TrimPrefix(text, "."))
			}
			b.mu.Lock()
			b.messages, b.secured = append(b.messages, m.String()), append(b.secured, secure && known)
			b.mu.Unlock()
			say("250 kept")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}
