package newsroom

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// errNotThere says that an article is not in a state for what was asked.
var errNotThere = errors.New("the article is not there to be edited")

// Edits lists what visitors did so far, in order.
func (r *Room) Edits() []Edit {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make([]Edit, len(r.visits))
	for i, e := range r.visits {
		e.Kinds, e.Words = slices.Clone(e.Kinds), slices.Clone(e.Words)
		all[i] = e
	}
	return all
}

// A visit changes an edition, a copy of the last one, as a form asks, and says
// what was done; counts is false for what is no change of the article.
type visit func(form url.Values, last edition, next *edition) (edit Edit, counts bool, err error)

// visit lets a visitor change an article, at once. What the week still had in
// store for that article does not happen any more.
func (r *Room) visit(id string, form url.Values, do visit) error {
	edit, err := func() (Edit, error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		a, now := r.all[id], r.now()
		if a == nil || a.at(now) == nil {
			return Edit{}, errNotThere
		}
		standing := slices.IndexFunc(a.editions, func(e edition) bool { return e.at.After(now) })
		if standing < 0 {
			standing = len(a.editions)
		}
		last := a.editions[standing-1]
		next := last.following(now)
		edit, counts, err := do(form, last, &next)
		if err != nil {
			return Edit{}, err
		}
		edit.At, edit.Title, edit.Visitor = now, next.title, true
		edit = a.named(edit)
		if counts {
			next.edit = &edit
		}
		a.editions = append(slices.Clip(a.editions[:standing]), next)
		r.visits = append(r.visits, edit)
		return edit, nil
	}()
	if err == nil {
		r.onEdit(edit)
	}
	return err
}

// rewrite is a visitor's edit of headline, standfirst and text.
func rewrite(form url.Values, last edition, next *edition) (Edit, bool, error) {
	next.title, next.dek, next.blocks = fold(form.Get("title")), fold(form.Get("dek")), blocks(form.Get("text"))
	admit := form.Get("admit") != ""
	switch {
	case last.kind != Live:
		return Edit{}, false, errNotThere
	case next.title == "" || len(next.blocks) == 0:
		return Edit{}, false, errors.New("an article needs a headline and a text")
	case next.sameText(last):
		return Edit{}, false, errors.New("nothing was changed")
	}
	if admit {
		next.modified = next.at
	}
	edit := Edit{Words: difference(last, *next), Declared: admit, Stealth: !admit}
	var did []string
	if next.title != last.title {
		did = append(did, "headline")
	}
	if next.dek != last.dek {
		did = append(did, "standfirst")
	}
	if !slices.Equal(next.blocks, last.blocks) {
		did = append(did, "text")
	}
	if edit.Did = strings.Join(did, ", "); edit.Did == "headline" {
		edit.Kinds = did
	}
	return edit, true, nil
}

// difference pairs what went with what came.
func difference(last, next edition) []Words {
	var words []Words
	if last.title != next.title {
		words = append(words, Words{last.title, next.title})
	}
	if last.dek != next.dek {
		words = append(words, Words{last.dek, next.dek})
	}
	var went, came []string
	for _, b := range last.blocks {
		if !slices.Contains(next.blocks, b) {
			went = append(went, b.Text)
		}
	}
	for _, b := range next.blocks {
		if !slices.Contains(last.blocks, b) {
			came = append(came, b.Text)
		}
	}
	for i := range max(len(went), len(came)) {
		var w Words
		if i < len(went) {
			w.Old = went[i]
		}
		if i < len(came) {
			w.New = came[i]
		}
		words = append(words, w)
	}
	return words
}

// withdraw deletes an article.
func withdraw(_ url.Values, last edition, next *edition) (Edit, bool, error) {
	if last.kind == Gone {
		return Edit{}, false, errNotThere
	}
	next.kind = Gone
	return Edit{Did: "withdrawn", Kinds: []string{"unpublished"}}, true, nil
}

// restore brings it back.
func restore(_ url.Values, last edition, next *edition) (Edit, bool, error) {
	if last.kind != Gone {
		return Edit{}, false, errors.New("the article was not withdrawn")
	}
	next.kind = Live
	return Edit{Did: "restored", Kinds: []string{"restored"}}, true, nil
}

// banner puts a cookie notice behind the text, or takes it away again.
func banner(_ url.Values, last edition, next *edition) (Edit, bool, error) {
	if last.kind != Live {
		return Edit{}, false, errNotThere
	}
	next.banner = !last.banner
	if next.banner {
		return Edit{Did: "cookie banner added"}, false, nil
	}
	return Edit{Did: "cookie banner removed"}, false, nil
}

// standing says in words how an article is.
func (a *article) standing(now time.Time) string {
	e := a.at(now)
	words := map[Kind]string{Live: "live", Wall: "behind the consent wall", Gone: "withdrawn"}[e.kind]
	times := 0
	for _, x := range a.editions {
		if x.edit != nil && x.kind == Live && !slices.Contains(x.edit.Kinds, "restored") && !x.at.After(now) {
			times++
		}
	}
	switch times {
	case 0:
		return words
	case 1:
		return words + ", edited once"
	case 2:
		return words + ", edited twice"
	}
	return fmt.Sprintf("%s, edited %d times", words, times)
}
