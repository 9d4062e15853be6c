package hostile

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// packed is text in an encoding.
func packed(encoding, text string) string {
	var out bytes.Buffer
	var w io.WriteCloser
	switch encoding {
	case "gzip":
		w = gzip.NewWriter(&out)
	case "br":
		w = brotli.NewWriter(&out)
	case "zstd":
		w, _ = zstd.NewWriter(&out)
	case "zlib":
		w = zlib.NewWriter(&out)
	case "flate":
		w, _ = flate.NewWriter(&out, flate.DefaultCompression)
	}
	io.WriteString(w, text)
	w.Close()
	return out.String()
}

// encodings are servers that are wrong about their content encoding, or use it
// for harm.
func encodings() []Exhibit {
	zeros := strings.Repeat("\x00", 8<<20)
	as := func(encoding, body string) func(net.Conn, *http.Request) {
		return says(ok("Content-Encoding: "+encoding+"\r\n", body))
	}
	zipped := packed("gzip", Page)
	broken := zipped[:len(zipped)-6] + "\x00\x00" + zipped[len(zipped)-4:]
	return []Exhibit{
		{Name: "gzip bomb", Does: "sends 8 KB that inflate to 8 MB", Gets: "bomb", serve: as("gzip", packed("gzip", zeros))},
		{Name: "br bomb", Does: "sends a few bytes that inflate to 8 MB", Gets: "bomb", serve: as("br", packed("br", zeros))},
		{Name: "zstd bomb", Does: "sends a few bytes that inflate to 8 MB", Gets: "bomb", serve: as("zstd", packed("zstd", zeros))},
		{Name: "bomb in a bomb", Does: "packs its bomb twice", Gets: "bomb", serve: as("gzip, gzip", packed("gzip", packed("gzip", zeros)))},
		{Name: "zstd window", Does: "asks for a window of 2 GB", Gets: "encoding", serve: as("zstd", "\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00")},
		{Name: "packed twice", Does: "packs the page twice, and says so", Gets: "200", serve: as("gzip, br", packed("br", zipped))},
		{Name: "packed nine times", Does: "announces nine encodings over each other", Gets: "encoding-stacked", serve: as(strings.Repeat("gzip, ", 8)+"gzip", zipped)},
		{Name: "unknown encoding", Does: "packs with what nobody asked for", Gets: "encoding-unknown", serve: as("compress", "\x1f\x9d\x90")},
		{Name: "plain for gzip", Does: "announces gzip and sends plain text", Gets: "200", serve: as("gzip", Page)},
		{Name: "plain for br", Does: "announces br and sends plain text", Gets: "200", serve: as("br", Page)},
		{Name: "gzip for plain", Does: "sends gzip and does not say so", Gets: "200", serve: says(ok("", zipped))},
		{Name: "noise for gzip", Does: "announces gzip and sends noise", Gets: "encoding", serve: as("gzip", strings.Repeat("\x01\x9a\xfe", 40))},
		{Name: "noise for br", Does: "announces br and sends noise", Gets: "encoding", serve: as("br", strings.Repeat("\xff", 40))},
		{Name: "gzip cut", Does: "ends in the midst of a gzip", Gets: "cut-off", serve: as("gzip", zipped[:len(zipped)/2])},
		{Name: "br cut", Does: "ends in the midst of a br", Gets: "cut-off", serve: as("br", packed("br", Page)[:40])},
		{Name: "zstd cut", Does: "ends in the midst of a zstd", Gets: "cut-off", serve: as("zstd", packed("zstd", Page)[:40])},
		{Name: "gzip without its sum", Does: "ends a gzip with a wrong checksum", Gets: "encoding", serve: as("gzip", broken)},
		{Name: "junk after gzip", Does: "sends junk after the gzip's end", Gets: "200", serve: as("gzip", zipped+"\x00junk")},
		{Name: "junk after br", Does: "sends junk after the br's end", Gets: "200", serve: as("br", packed("br", Page)+"junk")},
		{Name: "junk after zstd", Does: "sends junk after the zstd's end", Gets: "200", serve: as("zstd", packed("zstd", Page)+"junkjunk")},
		{Name: "deflate", Does: "sends zlib for deflate, unasked", Gets: "200", serve: as("deflate", packed("zlib", Page))},
		{Name: "bare deflate", Does: "sends a bare stream for deflate", Gets: "200", serve: as("deflate", packed("flate", Page))},
	}
}

// redirects are servers that send their visitors into trouble.
func redirects() []Exhibit {
	to := func(location string) func(net.Conn, *http.Request) {
		return says("HTTP/1.1 301 Moved Permanently\r\nLocation: " + location + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	}
	list := []Exhibit{
		{Name: "to itself", Does: "redirects to itself, for ever", To: "./", serve: to("/")},
		{Name: "to a file", Does: "redirects to a file of this machine", To: "file:///etc/passwd", serve: to("file:///etc/passwd")},
		{Name: "to a script", Does: "redirects to javascript:", To: "javascript:alert(1)", serve: to("javascript:alert(1)")},
		{Name: "to data", Does: "redirects to data:", To: "data:text/html,hello", serve: to("data:text/html,hello")},
		{Name: "to gopher", Does: "redirects to gopher:, once used to talk to redis", To: "gopher://127.0.0.1:6379/_FLUSHALL", serve: to("gopher://127.0.0.1:6379/_FLUSHALL")},
		{Name: "to the metadata", Does: "redirects to a cloud's credentials", To: "http://169.254.169.254/latest/meta-data/", serve: to("http://169.254.169.254/latest/meta-data/")},
		{Name: "to a number", Does: "redirects to the metadata's address as one number", To: "http://169.254.169.254/", serve: to("http://2852039166/")},
		{Name: "to nowhere", Does: "redirects without saying where", serve: says("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Gets: "302"},
		{Name: "to nothing", Does: "redirects to an empty address", serve: to("")},
		{Name: "to junk", Does: "redirects to what is no address", serve: to("http://[::1")},
		{Name: "to a long address", Does: "redirects to an address of 50 KB", To: "./" + strings.Repeat("a", 50<<10), serve: to("/" + strings.Repeat("a", 50<<10))},
		{Name: "to raw bytes", Does: "redirects to an address in Latin-1", To: "./caf%E9", serve: to("/caf\xe9")},
		{Name: "to two places", Does: "sends two Location headers", To: "./a", serve: to("/a\r\nLocation: /b")},
	}
	for i := range list {
		if list[i].Gets == "" {
			list[i].Gets = "301"
		}
		list[i].Body = "-"
	}
	return list
}

// statuses are servers whose answers have the right form and make no sense.
func statuses() []Exhibit {
	return []Exhibit{
		{Name: "304 unasked", Does: "says that what nobody has has not changed", Gets: "304", Body: "-", serve: says("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")},
		{Name: "204 with a page", Does: "sends a page after saying that there is none", Gets: "204", Body: "-", serve: says("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")},
		{Name: "cookie flood", Does: "sets 500 cookies", Gets: "200", serve: says(ok(strings.Repeat("Set-Cookie: a=b; Path=/\r\n", 500), Page))},
		{Name: "refresh", Does: "sends the visitor on by a Refresh header", Gets: "200", serve: says(ok("Refresh: 0; url=file:///etc/passwd\r\n", Page))},
		{Name: "busy for ever", Does: "answers 503, to come back in a million years", Gets: "503", Body: "-", serve: says("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 31536000000000\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")},
		{Name: "challenge", Does: "shows a challenge in place of the page", Gets: "403", Body: challenge, serve: says(fmt.Sprintf("HTTP/1.1 403 Forbidden\r\nServer: cloudflare\r\nCf-Mitigated: challenge\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(challenge), challenge))},
		{Name: "any page you like", Does: "is in order, beside all the others", Gets: "200", serve: says(ok("", Page))},
	}
}

const challenge = `<!doctype html><title>Just a moment...</title><h1>Checking your browser</h1><div class="cf-challenge" id="challenge-form">Enable JavaScript and cookies to continue</div>`
