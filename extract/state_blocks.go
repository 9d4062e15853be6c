package extract

import "strings"

// blocks writes a run as the blocks of an article.
func (r *run) blocks() []Block {
	var out []Block
	for _, x := range r.elements {
		var texts []string
		leaves(x, "", 8, func(path, text string) {
			if path == r.path {
				texts = append(texts, text)
			}
		})
		if len(texts) == 0 {
			out = append(out, listed(x)...)
			continue
		}
		text := strings.Join(texts, "") // spans between links carry their own spaces
		if marked(text) {
			out = append(out, fragment(text)...)
			continue
		}
		kind := kindOfElement(x)
		for _, line := range paragraphs(text) {
			out = append(out, Block{Kind: kind, Text: line})
		}
	}
	return out
}

// kindOfElement reads what an element of data says that it is.
func kindOfElement(x any) BlockKind {
	m, ok := x.(map[string]any)
	if !ok {
		return Paragraph
	}
	said := ""
	for _, key := range []string{"listItem", "style", "type", "_type", "__typename", "tag", "tagName", "name", "kind", "element"} {
		if s, ok := m[key].(string); ok && len(s) < 60 {
			said += " " + strings.ToLower(s)
		}
	}
	switch {
	case strings.Contains(said, "head") && !strings.Contains(said, "headline"), strings.Contains(said, "subtitle"), strings.Contains(said, " h2"), strings.Contains(said, " h3"), strings.Contains(said, " h4"):
		return Heading
	case strings.Contains(said, "quote"):
		return Quote
	case strings.Contains(said, "bullet"), strings.Contains(said, "listitem"), strings.Contains(said, "list_item"), strings.Contains(said, " li"), strings.Contains(said, "number"):
		return Item
	}
	return Paragraph
}

// listed gives the items of a list that stands between the paragraphs.
func listed(x any) []Block {
	m, ok := x.(map[string]any)
	if !ok {
		return nil
	}
	for _, key := range []string{"items", "children", "content", "entries", "listItems", "list"} {
		list, ok := m[key].([]any)
		if !ok {
			continue
		}
		var out []Block
		for _, item := range list {
			var texts []string
			leaves(item, "", 6, func(path, text string) {
				if key := path[strings.LastIndexByte(path, '/')+1:]; key == "*" || key == "" || key == "text" || key == "content" || key == "value" || key == "html" {
					texts = append(texts, text)
				}
			})
			for _, b := range fragment(strings.Join(texts, "")) {
				out = append(out, Block{Kind: Item, Text: b.Text})
			}
		}
		return out
	}
	return nil
}
