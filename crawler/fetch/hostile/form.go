package hostile

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// form are servers whose answers have not the form of HTTP.
func form() []Exhibit {
	many := func(n int) string { return strings.Repeat("X-Padding: 0123456789\r\n", n) }
	return []Exhibit{
		{Name: "mute", Does: "closes without a byte", Gets: "no-answer", serve: says("")},
		{Name: "slammed door", Does: "resets the connection when asked", Gets: "reset", serve: reset},
		{Name: "reset in the page", Does: "resets the connection in the midst of the page", Gets: "reset", serve: func(c net.Conn, r *http.Request) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"+Page[:100])
			c.(*net.TCPConn).SetLinger(0)
		}},
		{Name: "half a header", Does: "closes in the midst of the headers", Gets: "cut-off", serve: says("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")},
		{Name: "mail server", Does: "greets as a mail server", Gets: "not-http", serve: says("220 mail.example ESMTP\r\n")},
		{Name: "HTTP/0.9", Does: "sends a page without status line or headers", Gets: "not-http", serve: says(Page)},
		{Name: "noise", Does: "sends bytes without meaning", Gets: "not-http", serve: says("\x00\xff\x01\xfe\r\n\r\n\x00")},
		{Name: "NUL in the status line", Does: "sends a NUL in the status line", Gets: "200", serve: says("HTTP/1.1 200 O\x00K\r\nContent-Length: 0\r\n\r\n"), Body: "-"},
		{Name: "NUL in a header", Does: "sends a NUL in a header's value", Gets: "not-http", serve: says(ok("X-A: a\x00b\r\n", Page))},
		{Name: "NULs in the page", Does: "sends NULs in the page", Gets: "200", serve: says(ok("", "a\x00b\x00")), Body: "a\x00b\x00"},
		{Name: "status of two digits", Does: "answers HTTP/1.1 20 OK", Gets: "not-http", serve: says("HTTP/1.1 20 OK\r\n\r\n")},
		{Name: "negative status", Does: "answers HTTP/1.1 -12", Gets: "not-http", serve: says("HTTP/1.1 -12 No\r\n\r\n")},
		{Name: "status 999", Does: "answers a status that nobody has defined", Gets: "999", serve: says("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n"), Body: "-"},
		{Name: "HTTP of the future", Does: "answers HTTP/9.9", Gets: "200", serve: says("HTTP/9.9 200 OK\r\nConnection: close\r\n\r\n" + Page)},
		{Name: "no colon", Does: "sends a header without a colon", Gets: "not-http", serve: says("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n" + Page)},
		{Name: "bare line feeds", Does: "ends its lines without carriage returns", Gets: "200", serve: says("HTTP/1.1 200 OK\nConnection: close\n\n" + Page)},
		{Name: "folded header", Does: "folds a header over two lines, as of old", Gets: "200", serve: says(ok("X-A: one\r\n two\r\n", Page))},
		{Name: "1,200 headers", Does: "sends more headers than anyone needs", Gets: "header-flood", serve: says(ok(many(1200), Page))},
		{Name: "30,000 headers", Does: "sends 690 KB of headers", Gets: "header-flood", serve: says(ok(many(30000), Page))},
		{Name: "endless headers", Does: "sends headers and never a page", Gets: "header-flood", serve: over("HTTP/1.1 200 OK\r\n", "X-Padding: 0123456789\r\n")},
		{Name: "endless header", Does: "sends one header that does not end", Gets: "header-flood", serve: over("HTTP/1.1 200 OK\r\nX-A: ", "a")},
		{Name: "endless status line", Does: "sends a status line that does not end", Gets: "header-flood", serve: over("HTTP/1.1 200 ", "very ")},
		{Name: "interim flood", Does: "answers 103 for ever", Gets: "interim-flood", serve: over("", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")},
		{Name: "interim answers", Does: "answers 100 and 103 before the page", Gets: "200", serve: says("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + ok("", Page))},
		{Name: "other protocol", Does: "switches to another protocol unasked", Gets: "protocol", serve: says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x00")},
		{Name: "silence", Does: "takes the request and says nothing", Gets: "first-byte-timeout", Hangs: true, serve: func(c net.Conn, _ *http.Request) { hold(c) }},
		{Name: "a header a second", Does: "sends a byte of a header every 20 ms", Gets: "body-timeout", Hangs: true, serve: drip("HTTP/1.1 200 OK\r\nX-A: ")},
		{Name: "stops in the page", Does: "sends half of the page and waits", Gets: "body-timeout", Hangs: true, serve: func(c net.Conn, _ *http.Request) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"+Page[:100])
			hold(c)
		}},
		{Name: "drips", Does: "sends a byte of the page every 20 ms, for ever", Gets: "too-slow", Hangs: true, serve: drip("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")},
		{Name: "two answers", Does: "sends a second answer that nobody asked for", Gets: "200", serve: says(
			fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%sHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged", len(Page), Page))},
	}
}

func reset(c net.Conn, _ *http.Request) { c.(*net.TCPConn).SetLinger(0) }

// drip sends a byte now and then until nobody listens.
func drip(head string) func(net.Conn, *http.Request) {
	return func(c net.Conn, _ *http.Request) {
		_, err := io.WriteString(c, head)
		for err == nil {
			time.Sleep(20 * time.Millisecond)
			_, err = io.WriteString(c, "a")
		}
	}
}

// lengths are servers that lie about where their page ends.
func lengths() []Exhibit {
	chunked := func(body string) func(net.Conn, *http.Request) {
		return says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + body)
	}
	length := func(n, body string) func(net.Conn, *http.Request) {
		return says("HTTP/1.1 200 OK\r\nContent-Length: " + n + "\r\nConnection: close\r\n\r\n" + body)
	}
	whole := fmt.Sprintf("%x\r\n%s\r\n", len(Page), Page)
	return []Exhibit{
		{Name: "length too long", Does: "announces more than it sends", Gets: "cut-off", serve: length("9999", Page)},
		{Name: "length too short", Does: "announces less than it sends", Gets: "200", Body: Page[:100], serve: length("100", Page)},
		{Name: "length below zero", Does: "announces -1 bytes", Gets: "wrong-length", serve: length("-1", Page)},
		{Name: "length in words", Does: "announces many bytes", Gets: "wrong-length", serve: length("many", Page)},
		{Name: "two lengths", Does: "announces two lengths", Gets: "wrong-length", serve: length("5\r\nContent-Length: 9", Page)},
		{Name: "exabyte", Does: "announces an exabyte", Gets: "too-large", serve: length("1152921504606846976", Page)},
		{Name: "length beyond numbers", Does: "announces more than can be counted", Gets: "wrong-length", serve: length("99999999999999999999", Page)},
		{Name: "chunks and a length", Does: "announces both chunks and a length", Gets: "200", serve: says("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + whole + "0\r\n\r\n")},
		{Name: "unknown transfer encoding", Does: "names a transfer encoding that there is not", Gets: "protocol", serve: says("HTTP/1.1 200 OK\r\nTransfer-Encoding: pigeon\r\n\r\n" + Page)},
		{Name: "chunk of no number", Does: "gives a chunk's size in no number", Gets: "broken-chunks", serve: chunked("zz\r\nabc\r\n")},
		{Name: "chunk without end", Does: "ends a chunk with other than a line's end", Gets: "broken-chunks", serve: chunked("3\r\nabcdef\r\n0\r\n\r\n")},
		{Name: "giant chunk", Does: "announces a chunk of 16 exabytes", Gets: "cut-off", serve: chunked("ffffffffffffffff\r\nabc")},
		{Name: "chunk beyond numbers", Does: "announces a chunk larger than can be counted", Gets: "broken-chunks", serve: chunked("10000000000000000\r\nabc")},
		{Name: "chunk cut", Does: "closes in the midst of a chunk", Gets: "cut-off", serve: chunked("ff\r\nabc")},
		{Name: "last chunk missing", Does: "closes without the last chunk", Gets: "cut-off", serve: chunked(whole)},
		{Name: "chunks of one byte", Does: "sends the page in chunks of a byte, with long extensions", Gets: "broken-chunks", serve: over("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1;"+strings.Repeat("x", 2000)+"\r\na\r\n")},
		{Name: "endless trailers", Does: "sends trailers without end", Gets: "broken-chunks", serve: over("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+whole+"0\r\n", "X-A: b\r\n")},
		{Name: "endless page", Does: "sends a page without end", Gets: "too-large", serve: over("HTTP/1.1 200 OK\r\n\r\n", "<p>And so on.</p>\n")},
		{Name: "endless chunks", Does: "sends chunks without end", Gets: "too-large", serve: over("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", whole)},
	}
}
