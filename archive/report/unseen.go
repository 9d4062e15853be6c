package report

import (
	"context"
	"strings"

	"pressmark/archive"
)

// unseen counts what the crawls of the span were told of and could not see.
func (b *builder) unseen(ctx context.Context) error {
	counts := map[Unseen]int{}
	for run, err := range b.store.Runs(ctx, archive.Filter{Since: b.r.Since, Until: b.r.Until}) {
		if b.lost("", err) {
			continue
		}
		if err != nil {
			return err
		}
		for _, s := range run.Sites {
			if !b.choice.site(s.Site) {
				continue
			}
			note := func(why string, n int) {
				if n > 0 {
					counts[Unseen{Site: s.Site, Reason: why}] += n
				}
			}
			for why, n := range s.Skipped {
				note(reason(why), n)
			}
			for why, n := range s.Failed {
				note(reason(why), n)
			}
			for what, why := range hidden {
				note(why, s.Outcomes[what])
			}
		}
	}
	for u, n := range counts {
		u.Times = n
		b.r.Unseen = append(b.r.Unseen, u)
	}
	return nil
}

// unseenHead stands above what could not be looked at.
const unseenHead = "Not checked, and why"

// hidden are the outcomes of a look that did not see the article.
var hidden = map[archive.Outcome]string{
	archive.Walls:    "a consent wall or challenge stood before the article",
	archive.Teaser:   "a paywall showed only the beginning",
	archive.Error:    "the server refused or failed",
	archive.Doubtful: "most of the text was missing, and is to be seen so again",
}

// reason puts a crawl's countable words into a sentence.
func reason(word string) string {
	switch word {
	case "feed", "sitemap", "section":
		return "a " + word + " that lists articles could not be read"
	}
	if s, known := reasons[word]; known {
		return s
	}
	if len(word) == 3 && strings.Trim(word, "0123456789") == "" {
		return "the server answered " + word
	}
	return word
}

// reasons are the words by which crawls count what they could not see.
var reasons = map[string]string{
	"robots":            "robots.txt forbids it",
	"robots unreadable": "robots.txt could not be read",
	"scope":             "outside of what the site's configuration allows",
	"outside":           "it led to another site",
	"budget":            "the crawl had fetched as many pages as it may",
	"day's budget":      "the day's requests or bytes were spent",
	"pace":              "the site wants longer pauses than the crawl had time for",
	"quiet hours":       "it was a time at which the site is left alone",
	"blocked":           "the site turned the crawl away",
	"redirect":          "it led to the home page or in a circle",
	"lists nothing":     "a feed or sitemap lists nothing, or nothing new for long: section pages were followed",
	"trap":              "an address such as endless calendars and filters make",
	"soft 404":          "an error page that says that it is none",
	"taken down":        "it was taken down from the archive, and is not to come back",
	"noarchive":         "the page says that it is not to be archived",
	"url":               "its address can't be asked for",

	// why requests fail
	"address-refused":        "address refused: not on the public network",
	"port-refused":           "port refused: other services use it",
	"dns":                    "name lookup failed",
	"dns-no-such-host":       "no such host name",
	"dns-no-address":         "host name has no address",
	"dns-timeout":            "name servers gave no answer in time",
	"dns-server-failure":     "name server failed",
	"connect":                "no connection",
	"connection-refused":     "connection refused",
	"unreachable":            "server unreachable",
	"connect-timeout":        "no connection in time",
	"tls":                    "no trusted connection",
	"tls-expired":            "certificate has expired",
	"tls-not-yet-valid":      "certificate is not yet valid",
	"tls-wrong-host":         "certificate is for another host",
	"tls-self-signed":        "certificate is signed by itself",
	"tls-unknown-authority":  "certificate of an unknown authority",
	"tls-bad-certificate":    "certificate is not acceptable",
	"tls-version":            "no TLS version or cipher in common",
	"tls-client-certificate": "server wants a client certificate",
	"tls-plain-http":         "server does not speak TLS there",
	"tls-handshake":          "TLS handshake failed",
	"tls-timeout":            "no TLS handshake in time",
	"timeout":                "no complete answer in time",
	"first-byte-timeout":     "server did not answer in time",
	"body-timeout":           "answer was not complete in time",
	"too-slow":               "answer trickles too slowly",
	"protocol":               "answer is not proper HTTP",
	"not-http":               "answer is not HTTP",
	"header-flood":           "too many or too large headers",
	"interim-flood":          "too many interim answers",
	"broken-chunks":          "chunks of the answer are broken",
	"wrong-length":           "length of the answer is contradictory",
	"http2":                  "HTTP/2 failed",
	"cut-off":                "answer broken off",
	"no-answer":              "connection closed without an answer",
	"reset":                  "connection reset",
	"encoding":               "content encoding cannot be undone",
	"encoding-unknown":       "unknown content encoding",
	"encoding-stacked":       "too many content encodings over each other",
	"too-large":              "answer too large",
	"bomb":                   "answer inflates too far",
	"proxy":                  "proxy failed",
	"proxy-unreachable":      "no connection to the proxy",
	"proxy-auth":             "proxy wants other credentials",
	"proxy-refused":          "proxy refused to connect",
}
