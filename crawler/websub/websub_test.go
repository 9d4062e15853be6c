package websub

import (
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// A feed names a hub, the hub asks whether we mean it, tells, and is asked to
// go on before the lease ends.
func TestSubscription(t *testing.T) {
	h, d := newHub(t), newDesk(t)
	d.read("Paper", morning, h.URL)
	d.pass(0)
	same(t, "asked for", h.forms(), "subscribe https://paper.test/atom")
	same(t, "state", d.states(), "active")
	callback, secret := h.only()
	if u, _ := url.Parse(callback); len(u.Path) < len("/behind/a/proxy/")+20 || len(secret) < 32 {
		t.Errorf("callback %s, secret %q: they can be guessed", callback, secret)
	}
	if d.Rest("Paper", atom, time.Minute) != 0 {
		t.Error("a hub is relied on that has not told of anything")
	}
	for _, c := range []struct{ sign, text, rings string }{
		{signed("sha1", sha1.New, secret, entries(1, 1)), entries(1, 1), "Paper " + atom + " https://paper.test/1"},
		{signed("sha256", sha256.New, secret, entries(2, 3)), entries(2, 3), "Paper " + atom + " https://paper.test/2 https://paper.test/3 https://paper.test/4"},
		{signed("SHA384", sha512.New384, secret, entries(0, 40)), entries(0, 40), "Paper " + atom},
		{signed("sha512", sha512.New, secret, ""), "", "Paper " + atom},
		{signed("sha512", sha512.New, secret, ""), "", "Paper " + atom},
		{signed("sha256", sha256.New, secret, entries(2, 3)), entries(2, 3), ""}, // once more, within minutes
		{signed("sha256", sha256.New, secret, "<html>a page</html>"), "<html>a page</html>", "Paper " + atom},
		{signed("sha256", sha256.New, "another secret", entries(5, 1)), entries(5, 1), ""},
		{signed("sha256", sha256.New, secret, entries(6, 1)), entries(7, 1), ""},
		{signed("md5", sha256.New, secret, entries(8, 1)), entries(8, 1), ""},
		{"sha256=", entries(9, 1), ""},
		{"", entries(9, 1), ""},
	} {
		if status := tell(t, callback, c.sign, "application/atom+xml", c.text); status != http.StatusAccepted {
			t.Errorf("the answer is %d", status)
		}
		same(t, "rung by "+c.sign, d.rung(), c.rings)
	}
	if s := d.List()[0]; s.Forged != 5 || s.Pings != 6 || !s.Pinged.Equal(morning) {
		t.Errorf("%+v", s)
	}
	for every, want := range map[time.Duration]time.Duration{time.Minute: time.Hour, 20 * time.Minute: 160 * time.Minute, 0: 0, 24 * time.Hour: 6 * time.Hour} {
		if got := d.Rest("Paper", atom, every); every > 0 && got != want {
			t.Errorf("an entry each %v: not looked at for %v, want %v", every, got, want)
		}
	}

	d.pass(7 * 24 * time.Hour)
	same(t, "after a week", h.forms(), "")
	d.read("Paper", morning, h.URL)
	d.pass(24 * time.Hour)
	same(t, "before the lease ends", h.forms(), "subscribe https://paper.test/atom")
	if again, with := h.only(); again != callback || with != secret {
		t.Error("a renewal is another subscription")
	}
	same(t, "state", d.states(), "active works")
}

// What nobody asked for is not confirmed, whoever asks.
func TestOnlyWhatWasAskedFor(t *testing.T) {
	h, d := newHub(t), newDesk(t)
	h.lazy = true
	d.read("Paper", morning, h.URL)
	ask := func(token string, q url.Values) (int, string) {
		t.Helper()
		res, err := http.Get(d.srv.URL + "/behind/a/proxy/" + token + "?" + q.Encode())
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode, res.Header.Get("Content-Type")
	}
	good := func() url.Values {
		return url.Values{"hub.mode": {"subscribe"}, "hub.topic": {"https://paper.test/atom"}, "hub.challenge": {"x"}, "hub.lease_seconds": {"100"}}
	}
	but := func(key, value string) url.Values {
		q := good()
		q.Set(key, value)
		return q
	}
	token := func() string {
		for token := range d.all {
			return token
		}
		t.Fatal("there is no subscription")
		return ""
	}()
	if status, _ := ask(token, good()); status != http.StatusNotFound {
		t.Errorf("confirmed before it was asked for: %d", status)
	}
	d.pass(0)
	for name, c := range map[string]struct {
		token string
		q     url.Values
		want  int
	}{
		"a stranger":         {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", good(), http.StatusGone},
		"no token":           {"", good(), http.StatusGone},
		"another topic":      {token, but("hub.topic", "https://paper.test/other"), http.StatusNotFound},
		"another mode":       {token, but("hub.mode", "unsubscribe"), http.StatusNotFound},
		"no mode":            {token, but("hub.mode", ""), http.StatusNotFound},
		"no challenge":       {token, but("hub.challenge", ""), http.StatusNotFound},
		"an endless one":     {token, but("hub.challenge", strings.Repeat("x", maxChallenge+1)), http.StatusNotFound},
		"denied for another": {token, url.Values{"hub.mode": {"denied"}, "hub.topic": {"x"}}, http.StatusNotFound},
	} {
		if status, ctype := ask(c.token, c.q); status != c.want || !strings.HasPrefix(ctype, "text/plain") {
			t.Errorf("%s: %d, %s", name, status, ctype)
		}
	}
	same(t, "state", d.states(), "asked")
	if status := tell(t, d.srv.URL+"/x/"+token, "", "", "news"); status != http.StatusNotFound {
		t.Errorf("news before it was confirmed: %d", status)
	}
	if status := tell(t, d.srv.URL+"/x/"+token+"x", "", "", "news"); status != http.StatusGone {
		t.Errorf("news for nobody: %d", status)
	}
	if status, _ := ask(token, good()); status != http.StatusOK {
		t.Errorf("the good one: %d", status)
	}
	if status, _ := ask(token, good()); status != http.StatusNotFound {
		t.Errorf("the same again: %d", status)
	}
	same(t, "state", d.states(), "active")
	d.pass(101 * time.Second)
	same(t, "when the lease is over", d.states(), "lapsed")
	if status := tell(t, d.srv.URL+"/x/"+token, "", "", "news"); status != http.StatusNotFound {
		t.Errorf("news after the lease: %d", status)
	}
}

func TestHubsThatSayNo(t *testing.T) {
	h, d := newHub(t), newDesk(t)
	h.answer = func(w http.ResponseWriter, _ url.Values) bool {
		http.Error(w, "we don't\x1b[31m take strangers", http.StatusForbidden)
		return true
	}
	d.read("Paper", morning, h.URL)
	d.pass(0)
	same(t, "state", d.states(), "denied: the hub answered 403: we don't [31m take strangers")
	h.forms()
	d.pass(20 * time.Hour)
	same(t, "within a day", h.forms(), "")
	h.answer = func(w http.ResponseWriter, _ url.Values) bool {
		w.Header().Set("Retry-After", "100000")
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	}
	d.pass(5 * time.Hour)
	same(t, "state", d.states(), "failing: the hub answered 503")
	h.forms()
	d.pass(27 * time.Hour)
	same(t, "while the hub wants to be left alone", h.forms(), "")
	h.answer = nil
	d.pass(time.Hour)
	same(t, "state", d.states(), "active")
	callback, _ := h.only()
	res, err := http.Get(callback + "?hub.mode=denied&hub.topic=https://paper.test/atom&hub.reason=bankrupt")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	same(t, "state", d.states(), "denied: the hub denies it: bankrupt")
	same(t, "told", d.rung(), "")
}

// A hub that never confirms is asked ever more rarely; the feed's next hub has its turn.
func TestHubThatNeverConfirms(t *testing.T) {
	h, other, d := newHub(t), newHub(t), newDesk(t)
	h.lazy = true
	d.read("Paper", morning, h.URL, other.URL)
	for range 24 {
		d.pass(time.Hour)
		d.read("Paper", morning, h.URL, other.URL)
	}
	if n := len(strings.Split(h.forms(), ",")); n != 3 {
		t.Errorf("the first hub was asked %d times", n)
	}
	same(t, "the second hub", other.forms(), "subscribe https://paper.test/atom")
	same(t, "state", d.states(), "active")
}

// Sites that go, feeds that name another hub or none, feeds that die.
func TestUnsubscribing(t *testing.T) {
	h, other, d := newHub(t), newHub(t), newDesk(t)
	d.read("Paper", morning, h.URL)
	d.pass(0)
	d.read("Paper", morning, other.URL)
	d.pass(time.Minute)
	same(t, "the old hub", h.forms(), "subscribe https://paper.test/atom, unsubscribe https://paper.test/atom")
	same(t, "state", d.states(), "active")
	other.only()
	d.Keep([]string{"Paper", "Other"})
	d.pass(time.Minute)
	same(t, "state", d.states(), "active")
	d.Keep([]string{"Other"})
	d.pass(time.Minute)
	same(t, "the hub", other.forms(), "subscribe https://paper.test/atom, unsubscribe https://paper.test/atom")
	same(t, "state", d.states(), "")

	d.read("Paper", morning, h.URL)
	d.pass(time.Minute)
	for range 40 {
		d.pass(24 * time.Hour)
	}
	same(t, "a feed that nobody has seen for a month", d.states(), "")
	if n := len(h.subs); n != 0 {
		t.Errorf("the hub goes on telling")
	}
}

// A hub that keeps silent is not relied on until it tells again.
func TestSilentHub(t *testing.T) {
	h, d := newHub(t), newDesk(t)
	d.read("Paper", morning, h.URL)
	d.pass(0)
	d.ping(h, "one")
	if d.Rest("Paper", atom, time.Hour) == 0 {
		t.Error("it told, and is not relied on")
	}
	d.pass(time.Hour)
	d.read("Paper", d.clock().Add(-time.Minute), h.URL)
	same(t, "news of a minute ago", d.states(), "active works")
	d.pass(time.Hour)
	d.read("Paper", d.clock().Add(-30*time.Minute), h.URL)
	same(t, "news of half an hour ago", d.states(), "active: it kept silent about what was new")
	if d.Rest("Paper", atom, time.Hour) != 0 {
		t.Error("it is relied on")
	}
	d.ping(h, "two")
	same(t, "told again", d.states(), "active works")
}

func TestFlood(t *testing.T) {
	h, d := newHub(t), newDesk(t)
	d.read("Paper", morning, h.URL)
	d.pass(0)
	for range mostAnHour + 20 {
		d.ping(h, "")
	}
	if n := strings.Count(d.rung(), "Paper"); n != mostAnHour {
		t.Errorf("%d of %d messages count", n, mostAnHour+20)
	}
	d.pass(time.Hour)
	d.ping(h, "")
	same(t, "an hour later", d.rung(), "Paper "+atom)
	if status := d.ping(h, strings.Repeat("x", MaxBody+1)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("an endless message: %d", status)
	}
	d.ping(h, entries(0, 1)+strings.Repeat(" ", maxLooked))
	same(t, "a long message", d.rung(), "Paper "+atom)
	for i := range maxOfSite + 10 {
		i++
		d.Read(Listing{Site: "Paper", Feed: atom + strings.Repeat("x", i), Final: atom, Header: http.Header{"Link": {"<" + h.URL + ">; rel=hub"}}})
	}
	if n := len(d.List()); n != maxOfSite {
		t.Errorf("%d subscriptions of one site", n)
	}
}

// The state outlives the process; what is wrong with the file costs only time.
func TestState(t *testing.T) {
	h, d := newHub(t), newDesk(t)
	d.read("Paper", morning, h.URL)
	d.pass(0)
	d.ping(h, "one")
	d.pass(time.Minute)
	d.rung()
	if info, err := os.Stat(d.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	d.open()
	same(t, "state", d.states(), "active works")
	if list, err := Subscriptions(d.path, d.clock()); err != nil || len(list) != 1 || list[0] != d.List()[0] {
		t.Errorf("%+v, %v", list, err)
	}
	d.ping(h, "two")
	same(t, "told", d.rung(), "Paper "+atom)
	callback, secret := h.only()
	for name, text := range map[string]string{"nonsense": "{", "another version": `{"schema":2}`, "half a subscription": `{"schema":1,"subscriptions":[{"token":"x"}]}`} {
		if err := os.WriteFile(d.path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Subscriptions(d.path, morning); err == nil {
			t.Errorf("%s is read", name)
		}
		d.open()
		same(t, name, d.states(), "")
		if status := tell(t, callback, signed("sha256", sha256.New, secret, "x"), "", "x"); status != http.StatusGone {
			t.Errorf("%s: the hub is answered %d", name, status)
		}
	}
	if _, err := Open(Options{Callback: "press.example.org/hub"}); err == nil {
		t.Error("an address without a scheme is taken")
	}
}

// A hub may lead elsewhere, but not the secret into the open.
func TestHubThatMoved(t *testing.T) {
	h, old, d := newHub(t), newHub(t), newDesk(t)
	old.answer = func(w http.ResponseWriter, _ url.Values) bool {
		w.Header().Set("Location", h.URL)
		w.WriteHeader(http.StatusPermanentRedirect)
		return true
	}
	d.read("Paper", morning, old.URL)
	d.pass(0)
	same(t, "state", d.states(), "active")
	h.answer = old.answer // round and round
	d.read("Other", morning, h.URL)
	d.pass(time.Minute)
	same(t, "state", d.states(), "failing: the hub leads elsewhere more than 3 times, active")
}
