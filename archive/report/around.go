package report

import (
	"slices"
	"strings"

	"pressmark/archive"
	"pressmark/extract/change"
)

// card is the card of a change with what the archive says around it.
func (b *builder) card(c archive.Change) (Card, error) {
	card := CardOf(c)
	v, err := b.version(c.To)
	if err != nil {
		return card, err
	}
	card.Language = v.Article.Language
	if p := v.Article.Published; !p.DayOnly {
		card.Published = p.Time.UTC()
	}
	from, err := b.version(c.From)
	if err != nil {
		return card, err
	}
	if card.DigestOld, err = b.digest(from.Last); err != nil {
		return card, err
	}
	if c.From != c.To {
		if card.Digest, err = b.digest(v.First); err != nil {
			return card, err
		}
	} else {
		card.Digest, card.DigestOld = card.DigestOld, ""
	}
	return card, b.also(&card)
}

func (b *builder) digest(seq archive.Seq) (string, error) {
	c, err := b.store.CaptureHead(seq)
	return c.Digest.String(), err
}

// also lists who else tells the story, and who still has the words that went.
func (b *builder) also(card *Card) error {
	s, ok := b.stories[b.story[card.Page]]
	if !ok {
		return nil
	}
	lost := lostPassages(*card)
	for _, m := range copiesOf(s) {
		if m.Page == card.Page {
			continue
		}
		if len(lost) > 0 && card.Grade >= 2 {
			text, err := b.latest(s, m.Page)
			if err != nil {
				return err
			}
			m.KeepsOld = text != "" && !slices.ContainsFunc(lost, func(p string) bool { return !strings.Contains(text, p) })
		}
		card.Also = append(card.Also, m)
	}
	return nil
}

// latest is the text that a page of a story shows now, with spaces made even.
func (b *builder) latest(s archive.Story, page string) (text string, err error) {
	i := slices.IndexFunc(s.Members, func(m archive.Member) bool { return m.Version.Page.ID() == page })
	key := s.Members[i].Version.Page
	err = b.store.View(func(tx *archive.Tx) error {
		v, _, err := tx.Latest(key)
		text = even(v.Article.Text())
		return err
	})
	return text, err
}

// lostPassages are the sentences that a change took away or altered. Short
// ones are in many texts and prove nothing.
func lostPassages(c Card) []string {
	const enough = 25
	var list []string
	for _, e := range c.Edits {
		if e.Where == "text" && (e.Op == change.Delete || e.Op == change.Replace) {
			if s := even(e.Before); len(s) >= enough {
				list = append(list, s)
			}
		}
	}
	return list
}

func even(s string) string { return strings.Join(strings.Fields(s), " ") }
