package ingest

import (
	"slices"

	"pressmark/archive"
	"pressmark/extract/dedup"
	"pressmark/extract/urlkey"
)

// A decided is what people said of a page's place among the stories. The zero
// value is of the many pages of which nobody said anything.
type decided struct {
	page   urlkey.Key
	strays map[urlkey.Key]archive.Decision // pages whose story it must not tell
	with   archive.Decision                // by which it tells a story
	story  archive.StoryID                 // that one; "" when there is none
	mate   archive.VersionID               // the first of those with whom it tells it
}

// decidedOn finds what was decided about a page that is to be placed. Of two
// decisions about a pair the newer counts. That two must not be in one story
// weighs more than that one of them belongs to a third.
func decidedOn(tx *archive.Tx, page urlkey.Key) (decided, error) {
	d := decided{page: page}
	list, err := tx.Decisions(page)
	if err != nil || len(list) == 0 {
		return d, err
	}
	pairs := map[urlkey.Key]archive.Decision{}
	for _, x := range list {
		if !x.Undone.IsZero() {
			continue
		}
		for _, key := range x.Pairs(page) {
			owner, err := tx.Whose(key) // it may have become another address of one since
			if err != nil {
				return d, err
			}
			if owner != page {
				pairs[owner] = x
			}
		}
	}
	var mates []urlkey.Key
	for key, x := range pairs {
		if x.Kind == archive.Merge {
			mates = append(mates, key)
			continue
		}
		if d.strays == nil {
			d.strays = map[urlkey.Key]archive.Decision{}
		}
		d.strays[key] = x
	}
	return d, d.join(tx, mates, pairs)
}

// join finds the story that the page belongs to by a merge: that of whom came first.
func (d *decided) join(tx *archive.Tx, mates []urlkey.Key, pairs map[urlkey.Key]archive.Decision) error {
	var first uint64
	for _, key := range mates {
		p, known, err := tx.Page(key)
		if err != nil {
			return err
		}
		if !known || p.Story == "" {
			continue // it comes later, and joins this one then
		}
		v, err := tx.Brief(archive.VersionID{Page: key, N: 1})
		if err != nil {
			return err
		}
		if d.story != "" && v.Doc > first {
			continue
		}
		forbidden, err := d.forbids(tx, p.Story)
		if err != nil {
			return err
		}
		if !forbidden {
			first, d.story, d.mate, d.with = v.Doc, p.Story, v.ID, pairs[key]
		}
	}
	return nil
}

// forbids reports whether a story is told by a page that this one must not be with.
func (d *decided) forbids(tx *archive.Tx, id archive.StoryID) (bool, error) {
	if len(d.strays) == 0 {
		return false, nil
	}
	s, err := tx.Story(id)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(s.Members, func(m archive.Member) bool {
		_, is := d.strays[m.Version.Page]
		return is
	}), nil
}

// match finds the earlier text that a text tells again, without those that it
// must not be with. known is what dedup.Place says of it, if that is known.
func (d *decided) match(tx *archive.Tx, ix dedup.Index, s dedup.Sketch, known *dedup.Match) (dedup.Match, error) {
	if len(d.strays) > 0 {
		return dedup.Place(&without{Index: ix, tx: tx, d: d, hidden: map[dedup.DocID]bool{}}, s)
	}
	if known != nil {
		return *known, nil
	}
	return dedup.Place(ix, s)
}

// moved reports whether the page is in its story by a merge, and not for what
// was found of its text.
func (d *decided) moved(m dedup.Match) bool {
	return d.story != "" && (!m.Joins() || archive.StoryID(m.Story) != d.story)
}

// apart is the evidence of a page that founds a story since it was split off.
func (d *decided) apart() string {
	var last archive.Decision
	for _, x := range d.strays {
		if x.ID > last.ID && slices.Contains(x.Pages, d.page) {
			last = x
		}
	}
	if last.ID == 0 {
		return ""
	}
	return last.Evidence()
}

// A without is an index without the stories that a page must not tell.
type without struct {
	dedup.Index
	tx     *archive.Tx
	d      *decided
	hidden map[dedup.DocID]bool
}

func (x *without) Postings(key uint64) ([]dedup.DocID, int, error) {
	docs, total, err := x.Index.Postings(key)
	if err != nil {
		return nil, 0, err
	}
	var kept []dedup.DocID
	for _, doc := range docs {
		hidden, known := x.hidden[doc]
		if !known {
			id, _, err := x.Index.Story(doc)
			if err == nil {
				hidden, err = x.d.forbids(x.tx, archive.StoryID(id))
			}
			if err != nil {
				return nil, 0, err
			}
			x.hidden[doc] = hidden
		}
		if !hidden {
			kept = append(kept, doc)
		}
	}
	return kept, total - len(docs) + len(kept), nil
}

// An earlier is an index as it was before a document came.
type earlier struct {
	dedup.Index
	than dedup.DocID
}

func (x earlier) Postings(key uint64) ([]dedup.DocID, int, error) {
	docs, total, err := x.Index.Postings(key)
	if n, _ := slices.BinarySearch(docs, x.than); n < len(docs) {
		return docs[:n], n, err
	}
	return docs, total, err
}

func (x earlier) Story(doc dedup.DocID) (string, []dedup.DocID, error) {
	id, members, err := x.Index.Story(doc)
	members = slices.DeleteFunc(members, func(m dedup.DocID) bool { return m >= x.than })
	if len(members) == 0 {
		members = []dedup.DocID{doc}
	}
	return id, members, err
}
