package crawler

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"pressmark/archive"
	"pressmark/crawler/fetch"
	"pressmark/crawler/frontier"
	"pressmark/extract/urlkey"
)

// Some servers answer 200 to any address whatever, with their home page or
// with regrets. Such a page is told by evidence: two addresses show the same
// text, and so does a third that cannot exist, which is asked for once a week
// at most.
const (
	probeEvery   = 7 * 24 * time.Hour
	leastWords   = 12                  // of a text that can be told from others
	readForText  = 1 << 20             // bytes of a page whose text is compared
	textsOfSite  = 2048                // remembered of each site; then it begins anew
	goneTexts    = 32                  // of each site that stand for "not found"; the oldest goes
	goneFor      = 30 * 24 * time.Hour // until it is asked for again whether they still do
	softGoneWhy  = "soft 404"
	softGoneLong = "the site shows the same to an address that cannot exist"
)

// answers remembers what text a site showed at what address.
type answers struct {
	mu    sync.Mutex
	sites map[string]*siteAnswers
	seed  maphash.Seed
	news  bool // since it was saved
}

type siteAnswers struct {
	first  map[uint64]uint64 // by text: the page that showed it first
	gone   map[uint64]regret // the texts that stand for "not found"
	probed time.Time         // when an address that cannot exist was asked for
	used   time.Time         // when a page of the site was looked at last
}

// A regret is a page that a site shows to an address that cannot exist.
type regret struct {
	length int
	at     time.Time // when it did so last
}

func (a *answers) of(site string) *siteAnswers {
	if a.sites == nil {
		a.sites, a.seed = map[string]*siteAnswers{}, maphash.MakeSeed()
	}
	s := a.sites[site]
	if s == nil {
		s = &siteAnswers{first: map[uint64]uint64{}, gone: map[uint64]regret{}}
		a.sites[site] = s
	}
	if len(s.first) >= textsOfSite {
		clear(s.first)
	}
	return s
}

// meet notes that a page shows a text. It reports whether that is known to
// stand for "not found", and whether it is worth a probe: another page shows
// it too, and none was made for a week.
func (a *answers) meet(site string, page urlkey.Key, body []byte, now time.Time) (gone, doubtful bool) {
	text, ok := textSum(body) // before the lock, which all sites share
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.of(site)
	if s.used = now; !ok {
		return false, false
	}
	if r, known := s.gone[text]; known {
		if now.Sub(r.at) >= goneFor && now.Sub(s.probed) >= probeEvery {
			s.probed, a.news = now, true
			return false, true
		}
		return near(r.length, len(body)), false
	}
	own := maphash.String(a.seed, string(page))
	switch first, known := s.first[text]; {
	case !known:
		s.first[text] = own
	case first != own && now.Sub(s.probed) >= probeEvery:
		s.probed, a.news = now, true
		return false, true
	}
	return false, false
}

// judge takes what the site answered to an address that cannot exist, nil when
// that was refused as it should be, and reports whether a page that shows this
// body is no page.
func (a *answers) judge(site string, probe, body []byte, now time.Time) bool {
	text, ok := textSum(body)
	other, same := textSum(probe)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.news = true
	gone := a.of(site).gone
	if !ok || !same || other != text || !near(len(probe), len(body)) {
		delete(gone, text)
		return false
	}
	gone[text] = regret{len(probe), now}
	for len(gone) > goneTexts {
		oldest := text
		for t, r := range gone {
			if r.at.Before(gone[oldest].at) {
				oldest = t
			}
		}
		delete(gone, oldest)
	}
	return true
}

// near reports whether two pages are about as long: some bring their article in
// a script, and show the same text as all others before that runs.
func near(a, b int) bool { return max(a, b)-min(a, b) <= 200+max(a, b)/50 }

// softGone settles a page whose answer the site gives to any address. A page
// that the archive has is kept as it was answered, so that it can be told what
// became of it; of others nothing is kept.
func (v *visit) softGone(ctx context.Context, a *answer) (done bool, err error) {
	if a.Status != http.StatusOK || !strings.Contains(a.Header.Get("Content-Type"), "html") {
		return false, nil
	}
	gone, doubtful := v.memory.answers.meet(v.site.Name, v.item.Page, a.Body, v.o.Now())
	if gone || doubtful { // a wall is the same everywhere too, and hides a page
		if _, wall := v.o.Wall(archive.Capture{
			URL: v.item.URL, Page: v.item.Page, Final: a.final, FetchedAt: a.FetchedAt, Status: a.Status, Header: a.Header, Body: a.Body, Site: v.site.Name,
		}); wall {
			return false, nil
		}
	}
	if doubtful {
		if gone, err = v.probe(ctx, a); err != nil {
			return true, err
		}
	}
	if !gone {
		return false, nil
	}
	_, known, err := v.o.Archive.LastCapture(v.item.Page)
	if err != nil {
		return true, err
	}
	if known {
		if err := v.keep(ctx, a); err != nil {
			return true, err
		}
	}
	v.outcome = frontier.Outcome{Page: v.item.Page, Result: frontier.Missing, Error: softGoneLong}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.site.skipped(v.item.URL, softGoneWhy, softGoneLong)
	return true, nil
}

// probe asks for an address beside the page's that cannot exist. Whatever goes
// wrong with it is no news of the page.
func (v *visit) probe(ctx context.Context, a *answer) (bool, error) {
	u, err := url.Parse(a.final)
	if err != nil {
		return false, nil
	}
	at := strings.LastIndexByte(u.Path, '/') + 1
	u.Path, u.RawPath, u.RawQuery, u.Fragment = u.Path[:at]+fmt.Sprintf("pressmark-%x-none", v.o.Now().UnixNano()), "", "", ""
	d, err := v.o.Rules.Allowed(ctx, u.String())
	if err != nil || !d.Allowed {
		return false, ctx.Err()
	}
	if err := v.turn.wait(ctx); err != nil {
		return false, err
	}
	res, err := v.turn.ask(ctx, v.o.Fetch, fetch.Request{URL: u.String()})
	if err != nil {
		return false, ctx.Err()
	}
	v.o.Progress(Event{Site: v.site.Name, URL: u.String(), Kind: v.item.Kind, Status: res.Status, Took: res.Took})
	shown := res.Body
	if res.Status != http.StatusOK {
		shown = nil
	}
	return v.memory.answers.judge(v.site.Name, shown, a.Body, v.o.Now()), nil
}

// textSum is a number for the words that a page shows, and false when those
// are too few. Figures and addresses do not count: pages give the time, and
// repeat what they were asked for. Every page passes here, so it is no parser:
// what it takes for text is the same for the same page, and that does.
func textSum(body []byte) (sum uint64, ok bool) {
	const basis, prime = 14695981039346656037, 1099511628211 // FNV-1a
	body = body[:min(len(body), readForText)]
	sum = basis
	words, word, letters, odd := 0, uint64(basis), 0, false
	end := func() {
		if letters > 0 && !odd {
			sum = (sum ^ word) * prime
			words++
		}
		word, letters, odd = basis, 0, false
	}
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '<':
			end()
			i += skipTag(body[i:]) - 1
		case c <= ' ':
			end()
		default:
			word = (word ^ uint64(c)) * prime
			letters++
			odd = odd || c == '/' || '0' <= c && c <= '9'
		}
	}
	end()
	return sum, words >= leastWords
}

// skipTag is the length of a tag, with what stands in it when that is no text:
// all the rest, as for browsers, when its end is missing.
func skipTag(s []byte) int {
	for _, name := range []string{"script", "style", "title"} {
		if n := 1 + len(name); len(s) > n && bytes.EqualFold(s[1:n], []byte(name)) && bytes.IndexByte([]byte(" \t\n\r\f/>"), s[n]) >= 0 {
			i := endTag(s, name)
			return i + closing(s[i:])
		}
	}
	return closing(s)
}

// endTag is where the end tag of a name begins, or the end when there is none.
func endTag(s []byte, name string) int {
	for at := 0; ; at += 2 {
		i := bytes.Index(s[at:], []byte("</"))
		if i < 0 {
			return len(s)
		}
		at += i
		if after := s[at+2:]; len(after) >= len(name) && bytes.EqualFold(after[:len(name)], []byte(name)) {
			return at
		}
	}
}

func closing(s []byte) int {
	if i := bytes.IndexByte(s, '>'); i >= 0 {
		return i + 1
	}
	return len(s)
}
