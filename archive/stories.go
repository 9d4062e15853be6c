package archive

import (
	"fmt"
)

// storyNumber gives the number of a story, 0 when the archive does not know it.
func (tx *Tx) storyNumber(id StoryID) (uint64, error) {
	v, err := tx.index(bucketStory, []byte(id))
	return numberOf(v), err
}

// Story gives a story. ErrNoSuch.
func (tx *Tx) Story(id StoryID) (Story, error) {
	if id == "" {
		return Story{}, fmt.Errorf("story without a name: %w", ErrNoSuch)
	}
	n, err := tx.storyNumber(id)
	var content []byte
	found := false
	if err == nil && n != 0 {
		content, found, err = tx.content(bucketStories, number(n), kindStory, nil)
	}
	if err == nil && !found {
		err = ErrNoSuch
	}
	var s Story
	if err == nil {
		switch s, err = readStory(content); {
		case err != nil:
			err = damaged(err)
		case s.ID != id: // the index has no checksum of its own
			err = fmt.Errorf("%w: %s names another story for it", ErrDamaged, bucketStory)
		}
	}
	if err != nil {
		return Story{}, fmt.Errorf("story %s: %w", id, err)
	}
	return s, nil
}

// PutStory stores a story whole, in place of what was known of it.
func (tx *Tx) PutStory(s Story) error {
	if !tx.b.Writable() {
		return errView
	}
	if s.ID == "" || len(s.ID) > 200 {
		return fmt.Errorf("put story: a name of %d bytes, not 1 to 200", len(s.ID))
	}
	if err := tx.putStory(s); err != nil {
		return fmt.Errorf("put story %s: %w", s.ID, err)
	}
	return nil
}

func (tx *Tx) putStory(s Story) error {
	n, err := tx.storyNumber(s.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		if err := tx.loadState(); err != nil {
			return err
		}
		tx.state.story++
		n = tx.state.story
		if err := tx.put(bucketStory, []byte(s.ID), number(n)); err != nil {
			return err
		}
	}
	if _, err := tx.log(Entry{Op: OpStory, Story: s.ID}); err != nil {
		return err
	}
	if err := tx.follow(&s); err != nil {
		return err
	}
	return tx.record(bucketStories, number(n), kindStory, storyRecord(&s))
}
