package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// change appends the edition that one "@" part of a content file makes.
func (a *article) change(text string) error {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	words := strings.SplitN(first, " ", 3)
	if len(words) < 3 {
		return fmt.Errorf("want \"@ Tue 14:00 kinds\"")
	}
	at, err := instant(words[0] + " " + words[1])
	if err != nil {
		return err
	}
	last := a.editions[len(a.editions)-1]
	if !at.After(last.at) {
		return fmt.Errorf("not after the edition before it")
	}
	next := last.following(at)
	var changed []Words
	for line := range strings.Lines(rest) {
		key, value, err := field(line)
		if err != nil {
			return err
		}
		if key == "title" {
			changed = append(changed, Words{Old: next.title, New: value})
		}
		if key == "byline" {
			changed = append(changed, Words{Old: strings.Join(next.byline, "; "), New: value})
		}
		if next.set(key, value) {
			continue
		}
		w, err := next.apply(key, value)
		if err != nil {
			return err
		}
		if w != (Words{}) {
			changed = append(changed, w)
		}
	}
	if next.edit, err = next.judge(last, strings.Split(words[2], ", "), changed); err != nil {
		return err
	}
	a.editions = append(a.editions, next)
	return nil
}

// following is a copy of an edition for something to be changed in.
func (e edition) following(at time.Time) edition {
	e.at, e.edit = at, nil
	if next := e.stamp.Truncate(time.Second).Add(time.Second); at.Before(next) {
		e.stamp = next
	} else {
		e.stamp = at
	}
	e.blocks = slices.Clone(e.blocks)
	return e
}

// apply does one change of the text.
func (e *edition) apply(key, value string) (Words, error) {
	old, new, _ := strings.Cut(value, " => ")
	switch key {
	case "modified":
		e.modified = e.at
		return Words{}, nil
	case "append":
		e.blocks = append(e.blocks, Block{Kind: "paragraph", Text: value})
		return Words{New: value}, nil
	case "replace":
		places := 0
		for i := range e.blocks {
			if n := strings.Count(e.blocks[i].Text, old); n > 0 {
				places += n
				e.blocks[i].Text = strings.Replace(e.blocks[i].Text, old, new, 1)
			}
		}
		if places != 1 {
			return Words{}, fmt.Errorf("%q stands in %d places, want 1", old, places)
		}
		return Words{Old: old, New: new}, nil
	case "delete":
		i, err := e.block(value)
		if err != nil {
			return Words{}, err
		}
		gone := e.blocks[i].Text
		e.blocks = slices.Delete(e.blocks, i, i+1)
		return Words{Old: gone}, nil
	case "move":
		i, err := e.block(old)
		if err != nil {
			return Words{}, err
		}
		moved := e.blocks[i]
		e.blocks = slices.Delete(e.blocks, i, i+1)
		if i, err = e.block(new); err != nil {
			return Words{}, err
		}
		e.blocks = slices.Insert(e.blocks, i, moved)
		return Words{Old: moved.Text, New: moved.Text}, nil
	}
	return Words{}, fmt.Errorf("unknown field %q", key)
}

// block finds the one block that begins with the words.
func (e *edition) block(words string) (int, error) {
	found := -1
	for i, b := range e.blocks {
		if strings.HasPrefix(b.Text, words) {
			if found >= 0 {
				return 0, fmt.Errorf("two blocks begin with %q", words)
			}
			found = i
		}
	}
	if found < 0 {
		return 0, fmt.Errorf("no block begins with %q", words)
	}
	return found, nil
}

// judge says what a reader would call the step from one edition to the next:
// nil for what is no change of the article.
func (e *edition) judge(before edition, kinds []string, words []Words) (*Edit, error) {
	edit := &Edit{At: e.at, Title: e.title, Words: words, Kinds: kinds, Did: strings.Join(kinds, ", ")}
	switch kinds[0] {
	case "furniture", "wall", "open":
		if len(words) > 0 || !e.sameText(before) {
			return nil, fmt.Errorf("%s must leave the text alone", kinds[0])
		}
		switch kinds[0] {
		case "wall":
			e.kind = Wall
		case "open":
			e.kind = Live
		}
		return nil, nil
	case "withdrawn":
		e.kind, edit.Kinds = Gone, []string{"unpublished"}
		return edit, nil
	case "restored":
		e.kind, edit.Kinds = Live, []string{"restored"}
		return edit, nil
	}
	if e.sameText(before) {
		return nil, fmt.Errorf("nothing was changed")
	}
	e.declare(before, edit)
	return edit, nil
}

// declare sets whether the page admits the change.
func (e *edition) declare(before edition, edit *Edit) {
	noted := slices.Contains(edit.Kinds, "correction") || slices.Contains(edit.Kinds, "retraction")
	edit.Declared = noted || !e.modified.Equal(before.modified)
	edit.Stealth = !edit.Declared && slices.ContainsFunc(edit.Kinds, func(k string) bool {
		return k != "typo" && k != "byline" && k != "dates"
	})
}

// sameText reports whether a reader of the article alone finds no difference.
func (e *edition) sameText(o edition) bool {
	return e.title == o.title && e.dek == o.dek && e.agency == o.agency &&
		slices.Equal(e.byline, o.byline) && slices.Equal(e.blocks, o.blocks)
}
