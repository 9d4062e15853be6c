package meta

// An Update is one post of a live blog, as JSON-LD states it.
type Update struct {
	Time     Date
	Headline string
	Body     string // plain text; often cut short
}

// mostUpdates bounds the posts of a live blog.
const mostUpdates = 500

// updates reads the posts that a LiveBlogPosting lists.
func updates(main thing, language string) []Update {
	list, ok := main["liveBlogUpdate"].([]any)
	if one, is := main["liveBlogUpdate"].(map[string]any); is {
		list, ok = []any{one}, true
	}
	if !ok {
		return nil
	}
	var out []Update
	for _, x := range list[:min(len(list), mostUpdates)] {
		post, ok := x.(map[string]any)
		if !ok {
			continue
		}
		t := thing(post)
		out = append(out, Update{
			Time:     stated(first(t.text("datePublished"), t.text("dateModified"), t.text("dateCreated")), language),
			Headline: strip(t.text("headline")), Body: strip(body(t)),
		})
	}
	return out
}

// Stated reads a date as machines write it: in an attribute, a URL, a field of JSON.
func Stated(s string) Date { return stated(s, "") }
