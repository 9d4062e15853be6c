package render

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// aBrowser is a real one; without any the test is left out.
func aBrowser(t *testing.T, timeout time.Duration) *Browser {
	t.Helper()
	path, err := Find()
	if err != nil {
		t.Skip("no browser to test with: ", err)
	}
	b := New(Options{Path: path, UserAgent: "pressmark/test", Timeout: timeout, Unboxed: os.Getuid() == 0, Requests: 5})
	t.Cleanup(func() {
		b.Close()
		if left, _ := filepath.Glob(filepath.Join(os.TempDir(), profileName+strconv.Itoa(os.Getpid())+"-*")); len(left) > 0 {
			t.Errorf("profiles are left: %q", left)
		}
	})
	return b
}

func sheet(url, body string) Sheet {
	return Sheet{URL: url, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(body)}
}

// deny gets nothing, and notes what it was asked for.
type deny struct{ asked []string }

func (d *deny) get(_ context.Context, url string) (*Answer, error) {
	d.asked = append(d.asked, url)
	return nil, errors.New("denied")
}

func TestScriptsOfAPageRun(t *testing.T) {
	b := aBrowser(t, 30*time.Second)
	var asked []string
	get := func(_ context.Context, url string) (*Answer, error) {
		asked = append(asked, url)
		switch url {
		case "https://paper.test/app.js":
			return &Answer{Status: 200, Header: http.Header{"Content-Type": {"text/javascript"}}, Body: []byte(
				`fetch('/api/story').then(r => r.json()).then(s => { document.title = s.title; document.getElementById('root').innerHTML = '<article><p>' + s.text + '</p></article>' })`)}, nil
		case "https://paper.test/api/story":
			return &Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"title":"Storm","text":"The harbour — closed."}`)}, nil
		}
		return nil, errors.New("not there")
	}
	html, by, err := b.Render(context.Background(), sheet("https://paper.test/story", `<!doctype html><title>…</title><div id=root></div><img src=/picture.png><script src=/app.js></script>`), get)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(html); !strings.Contains(s, "<title>Storm</title>") || !strings.Contains(s, "<p>The harbour — closed.</p>") || !strings.HasPrefix(strings.ToLower(s), "<!doctype html>") {
		t.Errorf("the page is %s", html)
	}
	if fmt.Sprint(asked) != "[https://paper.test/app.js https://paper.test/api/story]" {
		t.Errorf("asked for %q", asked)
	}
	if !strings.Contains(by, "Chrom") {
		t.Errorf("rendered by %q", by)
	}
}

// However a page tries, nothing of it reaches a server: neither this machine's
// nor a cloud's, over no protocol, and no file is read.
func TestPageReachesNobody(t *testing.T) {
	b := aBrowser(t, 30*time.Second)
	var hits atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer srv.Close()
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	host := strings.TrimPrefix(srv.URL, "http://")
	d := &deny{}
	html, _, err := b.Render(context.Background(), sheet("https://paper.test/story", fmt.Sprintf(`<!doctype html><div id=root>nothing</div>
<link rel=preconnect href=http://%[1]s><link rel=prefetch href=http://%[1]s/a><link rel=dns-prefetch href=//paper.test><iframe src=http://%[1]s/frame></iframe><iframe src=file:///etc/passwd></iframe><img src=http://%[1]s/i>
<script>
const seen = [], say = x => { seen.push(x); document.getElementById('root').textContent = seen.join(' ') }
for (const u of ['http://169.254.169.254/latest/meta-data/', 'http://%[1]s/x', 'file:///etc/passwd']) fetch(u, {mode: 'no-cors'}).then(() => say('REACHED ' + u), () => say('refused'))
fetch('http://%[1]s/post', {method: 'POST', mode: 'no-cors', body: 'x'}).then(() => say('REACHED post'), () => say('refused'))
navigator.sendBeacon('http://%[1]s/beacon', 'x')
try { const w = new WebSocket('ws://%[1]s/ws'); w.onopen = () => say('REACHED ws'); w.onerror = () => say('refused') } catch (e) { say('refused') }
try { new Worker(URL.createObjectURL(new Blob(["fetch('http://%[1]s/worker')"]))) } catch (e) {}
try { const p = new RTCPeerConnection({iceServers: [{urls: 'stun:%[2]s'}]}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)) } catch (e) {}
window.open('http://%[1]s/window'); setTimeout(() => { location = 'http://%[1]s/away' }, 100)
</script>`, host, udp.LocalAddr())), d.get)
	if err == nil && (strings.Contains(string(html), "REACHED") || strings.Contains(string(html), "root:")) {
		t.Errorf("the page is %s", html)
	}
	b.Close() // whatever it was about to do, it has done
	if n := hits.Load(); n > 0 {
		t.Errorf("a server of this machine was asked %d times", n)
	}
	udp.SetReadDeadline(time.Now())
	if n, from, err := udp.ReadFrom(make([]byte, 1500)); err == nil {
		t.Errorf("%d bytes came from %v by UDP", n, from)
	}
	for _, u := range d.asked {
		if strings.HasPrefix(u, "file:") || strings.Contains(u, "/post") || strings.Contains(u, "/beacon") || strings.Contains(u, "/frame") {
			t.Errorf("we were asked for %s", u)
		}
	}
}

func TestPagesThatMisbehave(t *testing.T) {
	d := &deny{}
	if _, _, err := aBrowser(t, time.Second).Render(context.Background(), sheet("https://paper.test/endless", `<script>while (true) {}</script>`), d.get); !errors.Is(err, ErrTimeout) {
		t.Errorf("an endless script: %v", err)
	}
	b := aBrowser(t, 30*time.Second)
	// A page that asks without end is told no.
	html, _, err := b.Render(context.Background(), sheet("https://paper.test/many", `<div id=n></div><script>alert(1); (async () => { for (let i = 0; i < 20; i++) { try { await fetch('/' + i) } catch (e) {} document.getElementById('n').textContent = i } })()</script>`), d.get)
	if err != nil || !strings.Contains(string(html), ">19<") || len(d.asked) != 5 {
		t.Errorf("%v, %d requests: %s", err, len(d.asked), html)
	}
	if _, _, err := b.Render(context.Background(), sheet("https://paper.test/crash", `<p>x</p>`), func(ctx context.Context, url string) (*Answer, error) { return nil, nil }); err != nil {
		t.Errorf("a page without scripts: %v", err)
	}
	crash := func(context.Context, string) (*Answer, error) {
		kill(b.work.cmd)
		return nil, errors.New("gone")
	}
	if _, _, err := b.Render(context.Background(), sheet("https://paper.test/crash", `<script src=/x.js></script>`), crash); !errors.Is(err, ErrCrashed) {
		t.Errorf("a browser that dies: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if _, _, err := b.Render(ctx, sheet("https://paper.test/stopped", `<script src=/x.js></script>`), func(context.Context, string) (*Answer, error) {
		cancel()
		return nil, errors.New("gone")
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("a crawl that is stopped: %v", err)
	}
}

func TestNoBrowser(t *testing.T) {
	b := New(Options{Path: filepath.Join(t.TempDir(), "nothing")})
	defer b.Close()
	if _, _, err := b.Render(context.Background(), sheet("https://paper.test/", ""), (&deny{}).get); !errors.Is(err, ErrStart) {
		t.Errorf("error %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if path, err := Find(); err == nil {
		t.Logf("there is one outside PATH: %s", path)
	} else if !errors.Is(err, ErrNoBrowser) {
		t.Errorf("error %v", err)
	}
}
