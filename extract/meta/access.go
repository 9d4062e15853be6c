package meta

import "strings"

// Access says who may read all of an article, as far as its page tells.
type Access string

// The kinds of access. "" means that the page does not say.
const (
	Free    Access = "free"
	Metered Access = "metered" // so many a month are free
	Paid    Access = "paid"
)

// access reads what the page says of its own paywall: JSON-LD's
// isAccessibleForFree, of the article or of a part of it, then meta elements.
func (s *Survey) access(main thing, others []thing) Access {
	stated := forFree(main)
	for _, t := range others {
		if stated == "" {
			stated = forFree(t)
		}
	}
	tier := s.tier()
	switch {
	case stated == Paid && tier == Metered: // both are stated as not free
		return Metered
	case stated != "":
		return stated
	}
	return tier
}

// forFree reads isAccessibleForFree. One part that is not free makes the whole so.
func forFree(t thing) Access {
	own := truth(t["isAccessibleForFree"])
	parts, _ := t["hasPart"].([]any)
	if part, ok := t["hasPart"].(map[string]any); ok {
		parts = []any{part}
	}
	for _, p := range parts[:min(len(parts), most)] {
		if p, ok := p.(map[string]any); ok && truth(p["isAccessibleForFree"]) == Paid && (p["cssSelector"] != nil || own == Paid) {
			return Paid
		}
	}
	return own
}

func truth(v any) Access {
	switch v := v.(type) {
	case bool:
		if v {
			return Free
		}
		return Paid
	case string:
		switch strings.ToLower(v[strings.LastIndexByte(v, '/')+1:]) {
		case "true", "yes", "1":
			return Free
		case "false", "no", "0":
			return Paid
		}
	case []any:
		if len(v) > 0 {
			return truth(v[0])
		}
	}
	return ""
}

// tier reads meta elements such as article:content_tier. Their names differ
// from house to house, but all are built of few words.
func (s *Survey) tier() Access {
	found := Access("")
	for name, values := range s.metas {
		paid := strings.Contains(name, "paywall") || strings.Contains(name, "premium")
		if !paid && !strings.Contains(name, "content_tier") && !strings.Contains(name, "contenttier") && !strings.Contains(name, "content-tier") {
			continue
		}
		is := Access("")
		switch strings.ToLower(strings.TrimSpace(values[0])) {
		case "free", "open", "public", "none":
			is = Free
		case "metered", "meter":
			is = Metered
		case "locked", "paid", "premium", "subscriber", "subscribers", "plus", "hard":
			is = Paid
		case "true", "yes", "1":
			if paid {
				is = Paid
			}
		case "false", "no", "0":
			if paid {
				is = Free
			}
		}
		if strictness[is] > strictness[found] { // whatever the order of the elements
			found = is
		}
	}
	return found
}

var strictness = map[Access]int{"": 0, Free: 1, Metered: 2, Paid: 3}
