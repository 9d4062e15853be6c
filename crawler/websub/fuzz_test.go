package websub

import (
	"crypto/hmac"
	"crypto/sha256"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLinkHeader(t *testing.T) {
	for _, c := range []struct {
		header []string
		hubs   []string
		self   string
	}{
		{[]string{`<https://hub.test/>; rel="hub", <https://a.test/feed>; rel="self"`}, []string{"https://hub.test/"}, "https://a.test/feed"},
		{[]string{`</hub>; title="a, \"b\"; c"; REL=hub`, `<feed?a,b>; rel="alternate self"`}, []string{"https://a.test/hub"}, "https://a.test/feed?a,b"},
		{[]string{`<https://a.test/x>; rel=prev; rel=hub`, `<javascript:x>; rel=hub`, `<https://u:p@hub.test/>; rel=hub`, `<>`, `x`, `<https://hub.test/`}, nil, ""},
		{[]string{`<https://hub.test/>; crossorigin; rel=hub;,`}, []string{"https://hub.test/"}, ""},
		{nil, nil, ""},
	} {
		hubs, self := fromHeader(http.Header{"Link": c.header}, "https://a.test/feed")
		if !slices.Equal(hubs, c.hubs) || self != c.self {
			t.Errorf("%q: hubs %q of %q, want %q of %q", c.header, hubs, self, c.hubs, c.self)
		}
	}
}

// Whatever a server's header says, what is taken from it are few addresses.
func FuzzLinkHeader(f *testing.F) {
	f.Add(`<https://hub.test/>; rel="hub", <https://a.test/feed>; rel="self"`)
	f.Add(`</hub>; title="a, \"b"; REL=hub`)
	f.Add(`<x>;;=;rel`)
	f.Fuzz(func(t *testing.T, value string) {
		hubs, self := fromHeader(http.Header{"Link": {value}}, "https://a.test/feed")
		if len(hubs) > maxHubs {
			t.Errorf("%d hubs", len(hubs))
		}
		for _, raw := range append(hubs, self) {
			if u, err := url.Parse(raw); raw != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
				t.Errorf("%q is taken for an address", raw)
			}
		}
	})
}

// Nobody subscribes, unsubscribes or rings without knowing the path, the topic
// and the secret, whatever is sent.
func FuzzCallback(f *testing.F) {
	const good = "goodgoodgoodgoodgoodgoodgoodgood"
	f.Add("GET", "/hub/"+good, "hub.mode=subscribe&hub.topic=https://paper.test/atom&hub.challenge=x", "", "")
	f.Add("POST", "/"+good, "", "sha256=00", "<feed/>")
	f.Add("GET", "/hub/"+good, "hub.mode=denied&hub.topic=https://paper.test/atom&hub.reason=%ff", "", "")
	f.Add("PUT", "//..", "%zz", "=", "")
	f.Fuzz(func(t *testing.T, method, path, query, sign, body string) {
		rung := 0
		s, err := Open(Options{Path: "nowhere/s", Callback: "https://press.test/hub", Now: func() time.Time { return morning }, Ring: func(Ping) { rung++ }})
		if err != nil {
			t.Fatal(err)
		}
		asked := &record{Site: "A", Feed: "a", Topic: "https://paper.test/atom", Hub: "https://hub.test/", Token: good, Secret: "secretsecretsecret", State: Asked, Asked: morning}
		held := &record{Site: "B", Feed: "b", Topic: "https://paper.test/atom", Hub: "https://hub.test/", Token: "x" + good, Secret: "secretsecretsecret", State: Active, Ends: morning.Add(time.Hour)}
		s.all[asked.Token], s.all[held.Token] = asked, held
		req := httptest.NewRequest("POST", "/", strings.NewReader(body))
		req.Method, req.URL = method, &url.URL{Path: path, RawQuery: query}
		req.Header.Set("X-Hub-Signature", sign)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, req)
		q := req.URL.Query()
		if asked.State == Active && (q.Get("hub.topic") != asked.Topic || !strings.HasSuffix(path, good) || w.Body.String() != q.Get("hub.challenge")) {
			t.Errorf("%s %s?%s: confirmed", method, path, query)
		}
		if held.State != Active && (q.Get("hub.mode") != "denied" || q.Get("hub.topic") != held.Topic) {
			t.Errorf("%s %s?%s: ended", method, path, query)
		}
		mac := hmac.New(sha256.New, []byte(held.Secret))
		mac.Write([]byte(body))
		if method, sum := signature(sign); rung > 0 && method().Size() == mac.Size() && !hmac.Equal(sum, mac.Sum(nil)) {
			t.Errorf("a message signed %q rings", sign)
		}
	})
}

// A file is read wholly or not at all, and what is read can be worked with.
func FuzzState(f *testing.F) {
	f.Add([]byte(`{"schema":1,"callback":"https://press.test/hub","subscriptions":[{"site":"A","feed":"a","topic":"t","hub":"h","hubs":null,"token":"0123456789abcdef","secret":"0123456789abcdef","state":"active"}]}`))
	f.Add([]byte(`{"schema":1,"subscriptions":[null]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := parseState(b, "")
		if err != nil {
			return
		}
		s := &Subscriber{o: Options{Now: func() time.Time { return morning }, Log: slog.New(slog.DiscardHandler)}, wake: make(chan struct{}, 1), all: map[string]*record{}, feeds: map[feedName]*record{}, hubs: map[string]*hubPause{}}
		for _, r := range list {
			s.all[r.Token] = r
			s.feeds[feedName{r.Site, r.Feed}] = r
			s.missed(r, morning, morning)
			s.another(r)
			r.shown(morning)
		}
		s.sweep(morning)
		pages(b, "", atom)
	})
}
