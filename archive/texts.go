package archive

import (
	"fmt"
	"strings"
)

// lastText is the text that a transaction read or wrote last: the next one is
// often a delta to it.
type lastText struct {
	page    uint64
	n       int
	content []byte
}

// textContent gives the unpacked text of a version.
func (tx *Tx) textContent(page uint64, n, depth int) ([]byte, error) {
	if tx.text.page == page && tx.text.n == n {
		return tx.text.content, nil
	}
	content, found, err := tx.content(bucketTexts, versionKey(page, n), kindText, func(ref uint64) ([]byte, error) {
		if depth == 0 || ref >= uint64(n) {
			return nil, fmt.Errorf("%w: a delta to version %d, after too many others", ErrDamaged, ref)
		}
		return tx.textContent(page, int(ref), depth-1)
	})
	if err == nil && !found {
		err = fmt.Errorf("%w: its text is not there", ErrDamaged)
	}
	if err != nil {
		return nil, err
	}
	tx.text = lastText{page: page, n: n, content: content}
	return content, nil
}

// putText stores a text: as a delta to the version before when that is less
// than half of the whole, and not the last of too many. The content is not
// altered any more.
func (tx *Tx) putText(page uint64, s *storedVersion, content []byte) error {
	if len(content) > MaxRecord {
		return fmt.Errorf("%w: an article of %d bytes", ErrTooLarge, len(content))
	}
	key := versionKey(page, s.ID.N)
	if s.ID.N == 1 {
		s.depth = 0
		tx.putLater(key, content)
		tx.text = lastText{page: page, n: s.ID.N, content: content}
		return nil
	}
	f := frame{codec: codecDelta, ref: uint64(s.ID.N - 1), size: uint64(len(content))}
	if s.depth <= maxDepth {
		base, err := tx.textContent(page, s.ID.N-1, maxDepth)
		if err == nil { // else a whole text is the only one that can be read
			if f.payload, err = tx.s.pack.packText(content, base); err != nil {
				return err
			}
		}
	}
	if f.payload == nil || len(f.payload) > len(content)/20 { // a small delta is surely less than half of the whole
		whole, err := tx.s.wholeText(content)
		if err != nil {
			return err
		}
		if f.payload == nil || len(f.payload) >= len(whole.payload)/2 {
			f, s.depth = whole, 0
		}
	}
	f.kind = kindText
	if err := tx.put(bucketTexts, key, appendFrame(nil, key, f)); err != nil {
		return err
	}
	tx.state.textBytes += int64(len(content))
	tx.state.textStored += int64(len(f.payload))
	tx.text = lastText{page: page, n: s.ID.N, content: content}
	return nil
}

// wholeText packs a text that is no delta; any goroutine may call it.
func (s *Store) wholeText(content []byte) (frame, error) {
	language := languageOf(content)
	s.training.hearText(language)
	for _, subject := range []string{language, ""} {
		id := s.dicts.use(forTexts, subject)
		if id == 0 || len(content) < smallest {
			continue
		}
		dict, err := s.dictionary(nil, nil, id)
		if err != nil { // damaged since it was learned: no reason not to store this
			s.dicts.retire(id)
			continue
		}
		f := frame{codec: codecDict, ref: id, size: uint64(len(content))}
		f.payload, err = s.pack.packTextWith(content, id, dict)
		return f, err
	}
	return s.pack.pack(content)
}

// languageOf gives the language of an article's record.
func languageOf(content []byte) string {
	var language string
	_ = readRecord(content, articleVersion, func(field int, v value) error {
		if field == 7 {
			language = primary(v.text())
		}
		if field >= 7 {
			return errRecord // the rest does not matter
		}
		return nil
	})
	return language
}

// primary is a language without its region.
func primary(language string) string {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	return language
}
