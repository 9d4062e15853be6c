package extract

import (
	"maps"
	"slices"
	"strings"

	"pressmark/extract/notice"
)

// A RuleFamily is the rules that take text out of pages for reasons of one kind.
type RuleFamily struct {
	Name  string
	About string
	Rules []RuleInfo
}

// A RuleInfo is a rule as it stands in Removed.
type RuleInfo struct {
	Rule    string         // such as "vendor/onetrust"; one that ends in * is many
	About   string         // what it takes, in words for people
	Entries int            // names, words or phrases that it knows
	Slots   map[string]int // of them by what they are, where that is told apart
}

// Rules lists all rules but those of the user's own filters.
func Rules() []RuleFamily {
	vendor := RuleFamily{Name: "vendor", About: "containers of consent tools and of blocked embeds, by their own ids and classes"}
	for _, t := range notice.Tools() {
		vendor.Rules = append(vendor.Rules, RuleInfo{Rule: "vendor/" + t.Name, About: strings.Join(t.Names, " "), Entries: len(t.Names)})
	}
	subjects, forms := notice.NameWords()
	named := RuleFamily{Name: "name", About: "elements by what the words in their ids and classes mean", Rules: []RuleInfo{{
		Rule: "name/*", About: "consent notices, where the text agrees with the name", Entries: subjects + forms,
		Slots: map[string]int{"subject": subjects, "form": forms},
	}}}
	words := map[string]int{}
	for _, m := range vocabulary {
		if m&furniture != 0 {
			words[m.kind()]++
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(words)) {
		named.Rules = append(named.Rules, RuleInfo{Rule: "name/*", About: meaning(kind), Entries: words[kind]})
	}
	tags := 0
	for _, m := range tagMarks {
		if m&furniture != 0 {
			tags++
		}
	}
	named.Rules = append(named.Rules, RuleInfo{Rule: "name/*", About: "tags that say the same, such as nav and aside", Entries: tags})
	consent := RuleFamily{Name: "consent", About: "consent notices by their words, language by language", Rules: []RuleInfo{
		{Rule: "text/foreign", About: "a small box with the word for cookies and a button, in a language without a lexicon"},
		{Rule: "text/prompt", About: "a small box that asks about what is stored or held back, with a button below"},
		{Rule: "text/dialog", About: "a list of the sorts of cookies, or a notice's heading with nothing but buttons"},
	}}
	lines := RuleFamily{Name: "line", About: "lines of the page's machinery, as wholes"}
	of := map[string]int{}
	for _, l := range notice.Lexicons() {
		r := RuleInfo{Rule: "text/consent-" + l.Language, About: "consent notices in " + l.Language, Slots: map[string]int{}}
		if l.Language == "common" {
			r.Rule, r.About = "text/consent", "consent notices in words that many languages share"
		}
		for slot, n := range l.Slots {
			switch slot {
			case "related", "newsletter", "share":
				of[slot] += n
			default:
				r.Slots[slot] += n
				r.Entries += n
			}
		}
		consent.Rules = append(consent.Rules, r)
	}
	for _, slot := range slices.Sorted(maps.Keys(of)) {
		lines.Rules = append(lines.Rules, RuleInfo{Rule: "line/" + slot, About: "whole lines that are " + meaning(slot), Entries: of[slot]})
	}
	structure := RuleFamily{Name: "text", About: "what a piece of text says, or how it stands among the others"}
	for _, rule := range slices.Sorted(maps.Keys(ruleWords)) {
		r := RuleInfo{Rule: "text/" + rule, About: ruleWords[rule]}
		if rule == "phrase" {
			r.Entries = len(phrases)
		}
		structure.Rules = append(structure.Rules, r)
	}
	site := RuleFamily{Name: "site", About: "what other pages of the same site show to be furniture; learned by an archive, or by extract --list --learn", Rules: []RuleInfo{
		{Rule: siteRule + "place", About: "it stands where other pages have furniture"},
		{Rule: siteRule + "repeated", About: "other pages of the site say it too"},
	}}
	return []RuleFamily{vendor, named, consent, lines, structure, site}
}

// WhyRemoved says in words what a rule means.
func WhyRemoved(r Removal) string { return because(r.Rule, r.Kind) }
