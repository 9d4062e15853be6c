package discover

import (
	"encoding/json"
	"fmt"
	"strings"
)

// readJSON reads a JSON Feed, entry by entry: one that is cut off gives those
// before the cut, and a strange one costs no other.
func readJSON(c *collector, f *Found, text string) error {
	f.Format = "json"
	d := json.NewDecoder(strings.NewReader(text))
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("%w: broken JSON: %v", ErrFormat, shorten(err))
	}
	entries, isFeed, err := 0, false, error(nil)
	for err == nil && d.More() && !c.full {
		var key json.Token
		if key, err = d.Token(); err != nil {
			break
		}
		if key == "items" {
			var n int
			if n, err = readItems(c, d); n >= 0 {
				entries, isFeed = entries+n, true
			}
			continue
		}
		var value json.RawMessage
		if err = d.Decode(&value); err != nil {
			break
		}
		switch key {
		case "version":
			isFeed = isFeed || strings.Contains(str(value), "jsonfeed.org")
		case "title":
			f.Title = plainTitle(str(value))
		case "next_url":
			if u := str(value); u != "" {
				f.Older = resolved(c.base, u)
			}
		}
	}
	if err == nil && !c.full {
		_, err = d.Token() // the end of the object
	}
	switch {
	case err != nil && entries == 0:
		return fmt.Errorf("%w: broken JSON: %v", ErrFormat, shorten(err))
	case !isFeed:
		return fmt.Errorf("%w: JSON, but no JSON Feed", ErrFormat)
	case err != nil:
		f.Why = fmt.Sprintf("the feed is broken (%s)", shorten(err))
	case entries == 0:
		f.Why = "the feed has no entries"
	}
	if entries > 0 && len(c.links) == 0 {
		f.Why = join(f.Why, fmt.Sprintf("none of the feed's %d entries has a usable link", entries))
	}
	return nil
}

// readItems reads the entries; n is -1 when there is no list of them.
func readItems(c *collector, d *json.Decoder) (n int, err error) {
	t, err := d.Token()
	if err != nil || t != json.Delim('[') {
		if t == json.Delim('{') {
			err = fmt.Errorf("items is no list")
		}
		return -1, err
	}
	for d.More() && !c.full {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return n, err
		}
		var item map[string]json.RawMessage
		if json.Unmarshal(raw, &item) != nil || item == nil {
			continue
		}
		n++
		e := entry{base: c.base, title: str(item["title"])}
		e.offer(rankLink, str(item["url"]), c.base)
		e.offer(rankOther, str(item["external_url"]), c.base)
		e.take("id", str(item["id"]))
		e.take("published", str(item["date_published"]))
		e.take("updated", str(item["date_modified"]))
		e.give(c)
	}
	if c.full {
		return n, nil
	}
	_, err = d.Token()
	return n, err
}

// str is a JSON string, and "" for whatever else.
func str(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}
