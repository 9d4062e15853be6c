package archive

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"

	"pressmark/extract/urlkey"
)

// minDigits is how many digits of a page's ID must be given at least.
const minDigits = 4

// maxCandidates is how many pages an ErrAmbiguous lists.
const maxCandidates = 8

// Resolve finds the page that a person means: by the first digits of its ID,
// at least four, or by a URL, also by those of an address that the page had
// before. ErrNoSuch, ErrAmbiguous.
func (s *Store) Resolve(name string) (urlkey.Key, error) {
	name = strings.TrimSpace(name)
	if digits := strings.ToLower(name); isHex(digits) && len(digits) <= 16 {
		if len(digits) < minDigits {
			return "", fmt.Errorf("page %q: %w: give at least %d digits of its ID", name, ErrNoSuch, minDigits)
		}
		key, err := s.resolvePrefix(digits)
		if err != nil {
			return "", err
		}
		return s.whose(key)
	}
	full := name
	if !strings.Contains(name, "://") {
		full = "https://" + name // the key forgets the scheme anyway
	}
	key, err := urlkey.Of(full)
	if err != nil {
		return "", fmt.Errorf("page %q: %w: neither the beginning of an ID nor a URL", name, ErrNoSuch)
	}
	err = s.View(func(tx *Tx) error {
		page, err := tx.pageNumber(key)
		if err == nil && page == 0 {
			err = fmt.Errorf("page %q: %w", name, ErrNoSuch)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return s.whose(key)
}

func isHex(s string) bool { return s != "" && strings.Trim(s, "0123456789abcdef") == "" }

func (s *Store) resolvePrefix(digits string) (urlkey.Key, error) {
	var keys []urlkey.Key
	more := 0
	err := s.View(func(tx *Tx) error {
		return tx.access(func() error {
			whole, err := hex.DecodeString(digits[:len(digits)&^1])
			if err != nil {
				return err
			}
			low := whole
			if len(digits)%2 == 1 {
				half, err := hex.DecodeString(digits[len(digits)-1:] + "0")
				if err != nil {
					return err
				}
				low = append(bytes.Clone(whole), half...)
			}
			c := tx.bucket(bucketURL).Cursor()
			for key, v := c.Seek(low); key != nil && strings.HasPrefix(hex.EncodeToString(key), digits); key, v = c.Next() {
				if len(v) < 8 {
					return fmt.Errorf("%w: index %s", ErrDamaged, bucketURL)
				}
				if len(keys) == maxCandidates {
					more++
					continue
				}
				keys = append(keys, urlkey.Key(v[8:]))
			}
			return nil
		})
	})
	switch {
	case err != nil:
		return "", err
	case len(keys) == 0:
		return "", fmt.Errorf("page %s: %w", digits, ErrNoSuch)
	case len(keys) == 1:
		return keys[0], nil
	}
	var list strings.Builder
	for _, k := range keys {
		fmt.Fprintf(&list, "\n  %s %s", k.ID(), k)
	}
	if more > 0 {
		fmt.Fprintf(&list, "\n  and %d more", more)
	}
	return "", fmt.Errorf("page %s: %w, it may be%s", digits, ErrAmbiguous, list.String())
}
