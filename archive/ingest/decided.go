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
	page      urlkey.Key
	strays    map[urlkey.Key]archive.Decision // pages whose story it must not tell
	forbidden map[archive.StoryID]bool        // stories that it must not tell, as far as it was asked
	with      archive.Decision                // by which it tells a story
	story     archive.StoryID                 // that one; "" when there is none
	mate      archive.VersionID               // the first of those with whom it tells it
	near      archive.StoryID                 // that of pages which stayed with it when others were split off
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
	mates, beside := map[urlkey.Key]archive.Decision{}, map[urlkey.Key]archive.Decision{}
	d.strays = map[urlkey.Key]archive.Decision{}
	for _, x := range list {
		if !x.Undone.IsZero() {
			continue
		}
		pairs, others := mates, d.strays
		if x.Kind == archive.Split {
			pairs, others = others, pairs
		}
		if err := eachOther(tx, page, x.Pairs(page), func(key urlkey.Key) { delete(others, key); pairs[key] = x }); err != nil {
			return d, err
		}
		if err := eachOther(tx, page, x.Beside(page), func(key urlkey.Key) { beside[key] = x }); err != nil {
			return d, err
		}
	}
	if d.mate, d.story, err = d.first(tx, mates); err != nil {
		return d, err
	}
	if d.with = mates[d.mate.Page]; d.story == "" {
		_, d.near, err = d.first(tx, beside)
	}
	return d, err
}

// eachOther calls f for pages other than one. An address may have turned out to
// be another one of a page since it was decided about.
func eachOther(tx *archive.Tx, page urlkey.Key, list []urlkey.Key, f func(urlkey.Key)) error {
	for _, key := range list {
		owner, err := tx.Whose(key)
		if err != nil {
			return err
		}
		if owner != page {
			f(owner)
		}
	}
	return nil
}

// first finds which of some pages came first, and its story; none of those that
// come later, or are with a page that this one must not be with.
func (d *decided) first(tx *archive.Tx, pages map[urlkey.Key]archive.Decision) (id archive.VersionID, story archive.StoryID, err error) {
	var doc uint64
	for key := range pages {
		p, known, err := tx.Page(key)
		if err != nil {
			return id, story, err
		}
		if !known || p.Story == "" {
			continue
		}
		v, err := tx.Brief(archive.VersionID{Page: key, N: 1})
		if err != nil {
			return id, story, err
		}
		if story != "" && v.Doc > doc {
			continue
		}
		forbidden, err := d.forbids(tx, p.Story)
		if err != nil {
			return id, story, err
		}
		if !forbidden {
			doc, id, story = v.Doc, v.ID, p.Story
		}
	}
	return id, story, nil
}

// forbids reports whether a story is told by a page that this one must not be with.
func (d *decided) forbids(tx *archive.Tx, id archive.StoryID) (bool, error) {
	if len(d.strays) == 0 {
		return false, nil
	}
	if forbidden, known := d.forbidden[id]; known {
		return forbidden, nil
	}
	s, err := tx.Story(id)
	if err != nil {
		return false, err
	}
	if d.forbidden == nil {
		d.forbidden = map[archive.StoryID]bool{}
	}
	d.forbidden[id] = slices.ContainsFunc(s.Members, func(m archive.Member) bool {
		_, is := d.strays[m.Version.Page]
		return is
	})
	return d.forbidden[id], nil
}

// match finds the earlier text that a text tells again: first among those that
// stayed with it, then among all but those that it must not be with. known is
// what dedup.Place says of it, if that is known.
func (d *decided) match(tx *archive.Tx, ix dedup.Index, s dedup.Sketch, known *dedup.Match) (dedup.Match, error) {
	if d.near != "" {
		m, err := dedup.Place(&among{ix, map[dedup.DocID]bool{}, func(id archive.StoryID) (bool, error) { return id == d.near, nil }}, s)
		if err != nil || m.Joins() {
			return m, err
		}
	}
	if len(d.strays) > 0 {
		return dedup.Place(&among{ix, map[dedup.DocID]bool{}, func(id archive.StoryID) (bool, error) {
			forbidden, err := d.forbids(tx, id)
			return !forbidden, err
		}}, s)
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

// An among is an index with only some of the stories.
type among struct {
	dedup.Index
	chosen map[dedup.DocID]bool // as far as it was asked
	choose func(archive.StoryID) (bool, error)
}

func (x *among) Postings(key uint64) ([]dedup.DocID, int, error) {
	docs, total, err := x.Index.Postings(key)
	if err != nil {
		return nil, 0, err
	}
	var kept []dedup.DocID
	for _, doc := range docs {
		chosen, known := x.chosen[doc]
		if !known {
			id, _, err := x.Index.Story(doc)
			if err == nil {
				chosen, err = x.choose(archive.StoryID(id))
			}
			if err != nil {
				return nil, 0, err
			}
			x.chosen[doc] = chosen
		}
		if chosen {
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
