package archive

import (
	"slices"
	"time"
)

// A textLesson is what training hears of a text that is stored whole.
type textLesson struct{ language string }

// textRules are those of the dictionaries of texts: what is in three different
// stories is no one's own.
var textRules = sharedRules{window: 8, pages: 3, max: 112 << 10}

const (
	minTexts     = 300 // of a language, before the first dictionary is tried
	textTrials   = 20  // that it is tried on
	maxTexts     = 800 // that one is made of, with those
	textSample   = 32 << 10
	textsBytes   = 5 << 19 // of all
	textsLooked  = 8_000   // versions that are looked at for them
	enoughTexts  = 12      // times the texts seen, until one made of all there was room for is made anew
	maxLanguages = 200     // that are kept in mind
)

// hearText tells of a text; t may be nil.
func (t *training) hearText(language string) {
	if t == nil {
		return
	}
	select {
	case t.heard <- textLesson{language}:
	default:
	}
}

// learnText trains when it is time to.
func (t *training) learnText(l textLesson) {
	if t.texts == nil {
		t.texts = map[string]*pupil{}
		t.recallTexts()
	}
	for _, language := range []string{l.language, ""} {
		p := t.readers(language)
		p.seen++
		lost := p.learned > 0 && t.s.dicts.use(forTexts, language) == 0 && p.seen >= p.tried+minTexts
		if (p.seen >= p.next || lost) && !time.Now().Before(t.rest) {
			t.tryTexts(p, language)
		}
		if t.s.dicts.use(forTexts, language) != 0 {
			break // the others have to do without it
		}
	}
}

// readers gives what is known of a language.
func (t *training) readers(language string) *pupil {
	if language != "" && t.texts[language] == nil && len(t.texts) >= maxLanguages {
		language = ""
	}
	p := t.texts[language]
	if p == nil {
		p = &pupil{next: minTexts}
		t.texts[language] = p
	}
	return p
}

// recallTexts counts the texts that were there before the archive was opened.
func (t *training) recallTexts() {
	err := t.s.View(func(tx *Tx) error {
		return tx.latestVersions(textsLooked, func(_ uint64, v *storedVersion) (bool, error) {
			language := primary(v.language)
			t.readers(language).seen++
			if t.s.dicts.use(forTexts, language) == 0 {
				t.readers("").seen++
			}
			return true, nil
		})
	})
	if err != nil {
		return // there will be new ones
	}
	for language, p := range t.texts {
		id := t.s.dicts.use(forTexts, language)
		if id == 0 {
			continue
		}
		p.learned, p.tried, p.next = 1, p.seen, max(3*p.seen, minTexts)
		_ = t.s.View(func(tx *Tx) error { // when it can't be read it is tried when there are enough new texts
			return tx.access(func() error {
				d, err := t.s.readDictionary(number(id), tx.bucket(bucketDicts).Get(number(id)))
				if err == nil && len(d.pages) < maxTexts/2 {
					p.next = 3 * len(d.pages)
				}
				return err
			})
		})
	}
}

// latestVersions calls f for the versions that came last, latest first, so many
// at most, until it returns false. What can't be read is passed over.
func (tx *Tx) latestVersions(most int, f func(page uint64, v *storedVersion) (bool, error)) error {
	return tx.access(func() error {
		c := tx.bucket(bucketDoc).Cursor()
		for key, v := c.Last(); key != nil && most > 0; key, v = c.Prev() {
			most--
			page, n := versionOf(v)
			s, err := tx.version(page, n)
			if err != nil {
				continue
			}
			if more, err := f(page, &s); err != nil || !more {
				return err
			}
		}
		return nil
	})
}

// tryTexts makes the dictionary of a language, and keeps it when it pays.
func (t *training) tryTexts(p *pupil, language string) {
	defer t.tired(time.Now())
	p.tried, p.next = p.seen, 3*p.seen
	m := &material{s: t.s}
	var texts [][]byte
	var old []byte
	size := 0
	err := t.s.View(func(tx *Tx) error {
		stories, pages := map[StoryID]bool{}, map[uint64]bool{}
		err := tx.latestVersions(textsLooked, func(page uint64, v *storedVersion) (bool, error) {
			own := language == "" || primary(v.language) == language
			if !own || pages[page] || v.Story != "" && stories[v.Story] {
				return true, nil
			}
			content, err := tx.textContent(page, v.ID.N, maxDepth)
			if err != nil {
				return true, nil
			}
			stories[v.Story], pages[page] = true, true
			content = content[:min(len(content), textSample)]
			texts, m.pages, size = append(texts, content), append(m.pages, page), size+len(content)
			return len(texts) < maxTexts && size < textsBytes, nil
		})
		for _, subject := range []string{language, ""} {
			if id := t.s.dicts.use(forTexts, subject); id != 0 && old == nil {
				old, _ = t.s.dictionary(nil, tx, id) // none, when it is damaged
			}
		}
		return err
	})
	if err != nil || len(texts) < minTexts/2 {
		return
	}
	slices.Reverse(texts)
	teach, trial := m.split(texts, textTrials, textSample)
	content := frequent(teach, textRules)
	if len(content) < leastDictionary {
		return
	}
	saved, err := m.saved(trial, content, old)
	if err != nil {
		return
	}
	if d := m.made(forTexts, language, content); m.pays(d, saved*p.seen/textTrials) && t.keep([]*storedDictionary{d}) {
		p.learned = 1
		if size >= textsBytes*3/4 { // more texts would not make a better one
			p.next = enoughTexts * p.seen
		}
	}
}
