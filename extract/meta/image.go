package meta

// image is the address of the picture that stands for the article.
func (s *Survey) image(main thing, resolve func(string) string) string {
	for _, ref := range []string{s.one("og:image"), s.one("og:image:url"), s.one("og:image:secure_url"), s.one("twitter:image"), s.one("twitter:image:src"),
		s.pictured(main["image"], 4), s.pictured(main["thumbnailUrl"], 2), s.links["image_src"], s.one("image")} {
		if u := resolve(ref); u != "" {
			return u
		}
	}
	return ""
}

// pictured reads JSON-LD's image: an address, an object that has one, a list of
// either, or a reference to an object elsewhere in the page.
func (s *Survey) pictured(v any, depth int) string {
	if depth == 0 {
		return ""
	}
	switch v := v.(type) {
	case string:
		return squeeze(unescape(v))
	case []any:
		for _, x := range v {
			if u := s.pictured(x, depth-1); u != "" {
				return u
			}
		}
	case map[string]any:
		for _, key := range []string{"url", "contentUrl"} {
			if u := s.pictured(v[key], depth-1); u != "" {
				return u
			}
		}
		if id, ok := v["@id"].(string); ok {
			for _, t := range s.things {
				if t["@id"] == id && (t["url"] != nil || t["contentUrl"] != nil) {
					return first(s.pictured(t["url"], depth-1), s.pictured(t["contentUrl"], depth-1))
				}
			}
		}
	}
	return ""
}
