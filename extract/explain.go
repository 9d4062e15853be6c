package extract

import (
	"strings"
	"time"

	"pressmark/extract/meta"
)

// An Explanation says how the article of a page was found: what the page
// claims, where the article was looked for, and piece by piece what was kept,
// what went and why.
type Explanation struct {
	Article Article `json:"article"`
	Charset Charset `json:"charset"`
	Claims  []Claim `json:"claims"` // what the page says of its article, place by place
	Places  []Place `json:"places"` // where the article was looked for
	Pieces  []Piece `json:"pieces"` // the page's text in reading order
	Words   Words   `json:"words"`
	Stages  []Stage `json:"stages"` // how long the work took, in order
	// Refused is what the user's filters would have taken and may not.
	Refused []Refusal `json:"refused,omitempty"`
}

// A Charset is how a page's bytes were read.
type Charset struct {
	Name string `json:"name"`
	From string `json:"from"` // what said so: "Content-Type", "meta", "the bytes" …
}

// A Claim is what a page says of its article in one place.
type Claim struct {
	meta.Claim
	Won bool `json:"won"` // the article has it so
}

// A Place is a candidate for the article's place: elements that may hold it.
type Place struct {
	Name   string   `json:"name"` // how it was found
	Paths  []string `json:"paths"`
	Weight int      `json:"weight"` // of its prose, furniture apart
	Stated int      `json:"stated"` // of its prose that the page states for machines to be the article's
	Chosen bool     `json:"chosen"`
}

// A Piece is a run of text of the page, and what became of it.
type Piece struct {
	Path string    `json:"path"` // such as "main > article#story > p"
	Kind BlockKind `json:"kind"`
	Text string    `json:"text"`
	Kept bool      `json:"kept"`
	// Reason and Rule say why it went, as in the article's removed list: Rule is
	// "name/…" for the name of an element, "text/…" for what a text says or how
	// it stands, "vendor/…" for a known tool, "site/…" for what other pages of
	// the site show. Text outside of the article's place has the reason "outside".
	Reason string `json:"reason"`
	Rule   string `json:"rule"`
	Why    string `json:"why"` // in words for people, also of what was kept
	// Weight is how much it counts as running text, Linked the share of it in
	// links, Stated the share that the page states to be the article's.
	Weight int     `json:"weight"`
	Linked float64 `json:"linked"`
	Stated float64 `json:"stated"`
}

// Words counts words. Scripts without spaces count two letters as a word.
type Words struct {
	Kept int            `json:"kept"`
	Gone map[string]int `json:"gone"` // by reason
}

// A Stage is a part of the work.
type Stage struct {
	Name string  `json:"name"`
	MS   float64 `json:"ms"`
}

// Explain is Extract, with an account of what was decided and why. It reads
// the clock, to say what took how long; all else is the same for the same bytes.
func Explain(p Page) Explanation {
	t := &trace{began: time.Now(), lead: -1, fates: map[int]fate{}}
	x := Explanation{Article: extract(p, t), Words: Words{Gone: map[string]int{}}}
	x.Charset = Charset{t.encoded[0], t.encoded[1]}
	x.Refused = t.refused
	for _, l := range t.laps {
		x.Stages = append(x.Stages, Stage{l.stage, float64(l.took.Microseconds()) / 1000})
	}
	for _, c := range t.claims {
		x.Claims = append(x.Claims, Claim{c, won(&x.Article, c)})
	}
	if t.outline != nil {
		x.Places = t.outline.placed(t.places)
		x.Pieces = t.outline.told(&x.Article, t)
	}
	x.Pieces = append(unplaced(&x), x.Pieces...)
	for i := range x.Pieces {
		p := &x.Pieces[i]
		if n := wordCount(p.Text); p.Kept {
			x.Words.Kept += n
		} else {
			x.Words.Gone[p.Reason] += n
		}
	}
	return x
}

// Find gives the indexes of the pieces that have the words, whatever their
// case and punctuation.
func (x *Explanation) Find(words string) []int {
	key := bare(words)
	if key == "" {
		return nil
	}
	var at []int
	for i := range x.Pieces {
		if strings.Contains(bare(x.Pieces[i].Text), key) {
			at = append(at, i)
		}
	}
	return at
}

// won tells whether the article has what a claim says.
func won(a *Article, c meta.Claim) bool {
	switch c.About {
	case "title":
		return bare(c.Text) == bare(a.Title)
	case "published":
		return c.Means != "" && sameDate(c.Means, a.Published)
	case "modified":
		return c.Means != "" && sameDate(c.Means, a.Modified)
	case "byline":
		return c.Means != "" && (c.Means == strings.Join(a.Byline, ", ") || c.Means == a.Agency ||
			c.Means == strings.Join(append(append([]string(nil), a.Byline...), a.Agency), ", "))
	case "language":
		return c.Means != "" && c.Means == a.Language
	case "site name":
		return c.Means != "" && c.Means == a.SiteName
	}
	return false
}

func sameDate(s string, d meta.Date) bool {
	c, err := meta.ParseDate(s)
	return err == nil && c.Equal(d)
}

// wordCount counts the words of a text.
func wordCount(s string) int { return len(strings.Fields(s)) + wideRunes(s)/2 }
