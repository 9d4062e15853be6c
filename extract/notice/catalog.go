package notice

import (
	"path"
	"slices"
	"strings"
)

// A Tool is a consent tool, or a placeholder for embeds, that is known by the
// names in its markup.
type Tool struct {
	Name  string
	Names []string // ids and classes; one that ends in * is a beginning
}

// Tools lists the table of vendors, in the order of names.
func Tools() []Tool {
	var list []Tool
	for line := range strings.SplitSeq(strings.TrimSpace(vendorTable), "\n") {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		name := strings.TrimSuffix(f[0], "-embed")
		i := slices.IndexFunc(list, func(t Tool) bool { return t.Name == name })
		if i < 0 {
			i = len(list)
			list = append(list, Tool{Name: name})
		}
		for _, n := range f[1:] {
			list[i].Names = append(list[i].Names, strings.TrimPrefix(n, "+"))
		}
	}
	slices.SortFunc(list, func(a, b Tool) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// A Lexicon is the words by which notices of one language are known.
type Lexicon struct {
	Language string         // "common" for those of all languages
	Slots    map[string]int // how many entries a part of a notice has
}

// Lexicons lists the languages, in the order of their codes.
func Lexicons() []Lexicon {
	files, err := lexiconFiles.ReadDir("lexicon")
	if err != nil {
		return nil
	}
	var list []Lexicon
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".txt")
		text, err := lexiconFiles.ReadFile(path.Join("lexicon", f.Name()))
		if name == "README" || err != nil {
			continue
		}
		l := Lexicon{Language: name, Slots: map[string]int{}}
		for line := range strings.SplitSeq(string(text), "\n") {
			if key, entries, ok := strings.Cut(line, ":"); ok {
				l.Slots[key] += strings.Count(entries, "|") + 1
			}
		}
		list = append(list, l)
	}
	return list
}

// NameWords counts the words of names that sound like a notice: those that say
// what it is about, and those that say what kind of element it is.
func NameWords() (subjects, forms int) {
	for _, p := range nameParts() {
		if p&subject != 0 {
			subjects++
		}
		if p&form != 0 {
			forms++
		}
	}
	return subjects, forms
}
