package change

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressmark/extract"
	"pressmark/extract/meta"
)

// A Snapshot is a page as it was seen at one time.
type Snapshot struct {
	Article extract.Article
	URL     string // the URL asked for
	Final   string // the URL that answered; "" means URL
	Status  int    // HTTP status; 0 means 200
	Seen    time.Time
}

// Compare tells what a reader would find different in after.
// earlier are the page's headlines before before's, oldest first.
//
// A server in trouble, a refusal and a consent wall tell nothing about the
// article: such a Diff is Doubtful and not Changed.
func Compare(before, after Snapshot, earlier []string) Diff {
	for _, s := range []Snapshot{before, after} {
		if unclear(s) {
			return Diff{Kinds: []Kind{}, Edits: []Edit{}, Doubtful: true, Reason: "the server answered " + status(s) + " instead of the page"}
		}
		if s.Article.Kind == extract.Wall {
			return Diff{Kinds: []Kind{}, Edits: []Edit{}, Doubtful: true, Reason: "a wall stood in front of the page"}
		}
	}
	l := newLexicon()
	old, new := readBoth(l, before.Article, after.Article)
	whyOld, wasGone := gone(before, old, l)
	whyNew, isGone := gone(after, new, l)
	switch {
	case wasGone && isGone:
		return Diff{Kinds: []Kind{}, Edits: []Edit{}}
	case wasGone:
		return availability(before, after, Restored, "was gone: "+whyOld)
	case isGone:
		return availability(before, after, Unpublished, "gone: "+whyNew)
	}
	c := newComparer(l, old, new)
	var found []finding
	if f, is := c.headlineFinding(before, after, earlier); is {
		found = append(found, f)
	}
	if f, is := c.dekFinding(before.Article, after.Article); is {
		found = append(found, f)
	}
	if f, is := bylineFinding(before.Article, after.Article); is {
		found = append(found, f)
	}
	m := match(l, old, new)
	text := c.findings(m)
	v := verdict{before: before, after: after, old: old.size(), new: new.size(), restamped: new.restamped(l, m.skipNew)}
	found = append(found, v.walled(text)...)
	found = append(found, dateFindings(before.Article, after.Article)...)
	return v.diff(found)
}

// readBoth makes two versions of one page ready to be compared.
func readBoth(l *lexicon, before, after extract.Article) (old, new *document) {
	old, new = read(l, before), read(l, after)
	old.known(l, after)
	new.known(l, before)
	return old, new
}

// availability is the Diff of a page that went or came back: its texts are not compared.
func availability(before, after Snapshot, k Kind, reason string) Diff {
	return Diff{Changed: true, Kinds: []Kind{k}, Grade: 3, Reason: reason,
		Edits: []Edit{{Where: whereStatus, Block: -1, Op: Replace, Kinds: []Kind{k}, Before: status(before), After: status(after)}}}
}

// status is what the server answered, and from where when it led elsewhere.
func status(s Snapshot) string {
	code := s.Status
	if code == 0 {
		code = http.StatusOK
	}
	out := strings.TrimSpace(strconv.Itoa(code) + " " + http.StatusText(code))
	if s.Final != "" && s.Final != s.URL {
		out += " at " + s.Final
	}
	return out
}

// dekFinding compares the standfirsts of pages that do not show theirs in the text.
func (c *comparer) dekFinding(before, after extract.Article) (finding, bool) {
	a, b := strings.TrimSpace(plain(before.Dek)), strings.TrimSpace(plain(after.Dek))
	shown := func(x extract.Article) bool { return len(x.Blocks) > 0 && x.Blocks[0].Kind == extract.Lead }
	if a == "" || b == "" || shown(before) || shown(after) {
		return finding{}, false
	}
	old, new := c.titlePassage(a), c.titlePassage(b)
	if old.readsLike(new) || cut(old, new) || cut(new, old) || c.repeated(before.Blocks, old) && c.repeated(after.Blocks, new) {
		return finding{}, false
	}
	f := finding{Edit: Edit{Where: whereDek, Block: -1, Op: Replace, Kinds: []Kind{Lede}}}
	f.Spans = c.spans(old, new, c.hunks(old.tokens, new.tokens))
	f.Before, f.After = sides(f.Spans)
	return f, true
}

// cut reports that a is the beginning of b, as descriptions are cut to a length.
func cut(a, b passage) bool {
	x, y := heard(a.tokens), heard(b.tokens)
	return len(x) <= len(y) && slices.EqualFunc(x, y[:len(x)], func(s, t token) bool { return s.id == t.id })
}

// repeated reports that a dek is only the beginning of the first paragraph.
func (c *comparer) repeated(blocks []extract.Block, dek passage) bool {
	return len(blocks) > 0 && cut(dek, c.titlePassage(plain(blocks[0].Text)))
}

func dateFindings(before, after extract.Article) []finding {
	var out []finding
	for _, d := range []struct {
		name     string
		old, new meta.Date
	}{{"published", before.Published, after.Published}, {"modified", before.Modified, after.Modified}} {
		if d.old.IsZero() && d.new.IsZero() || d.old.Time.Equal(d.new.Time) {
			continue
		}
		e := Edit{Where: whereDate, Block: -1, Op: Replace, Kinds: []Kind{Dates}}
		if !d.old.IsZero() {
			e.Before = d.name + " " + d.old.String()
		}
		if !d.new.IsZero() {
			e.After = d.name + " " + d.new.String()
		}
		switch {
		case e.Before == "":
			e.Op = Insert
		case e.After == "":
			e.Op = Delete
		}
		out = append(out, finding{Edit: e})
	}
	return out
}
