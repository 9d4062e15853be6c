package meta

import "strings"

// Where a text itself credits an agency.
const (
	InDateline = "dateline" // "PORTO (Reuters) -"
	AtEnd      = "text end" // "(dpa)", alone or behind the last sentence
)

// Credited finds the wire service that a text credits: in brackets within the
// dateline, or at the very end. paragraphs are at least the text's first three
// and its last.
func Credited(paragraphs []string) (agency, from string) {
	const reach = 90 // bytes that a dateline may take
	for i := range min(len(paragraphs), 3) {
		text := paragraphs[i]
		head := text[:min(len(text), reach)]
		for _, pair := range [...][2]string{{"(", ")"}, {"（", "）"}, {"【", "】"}} {
			before, rest, _ := strings.Cut(head, pair[0])
			inside, after, closed := strings.Cut(rest, pair[1])
			if !closed || len(strings.Fields(before)) > 6 || strings.ContainsAny(before, ".!?") || strings.TrimSpace(after) == "" && len(text) < reach && len(paragraphs) < 2 {
				continue
			}
			if a := Agency(inside); a != "" {
				return a, InDateline
			}
		}
		for _, wire := range [...]string{"新华社", "新華社", "中新社", "中新网"} {
			if strings.HasPrefix(text, wire) {
				return Agency(wire), InDateline
			}
		}
	}
	if len(paragraphs) == 0 {
		return "", ""
	}
	last := strings.TrimSpace(paragraphs[len(paragraphs)-1])
	if len(last) < 60 {
		name := strings.TrimLeft(last, "(©— –-/")
		for _, lead := range [...]string{"Quelle:", "Source:", "Fuente:", "Fonte:", "Kilde:", "Källa:", "Bron:", "Źródło:", "Источник:"} {
			name = strings.TrimSpace(strings.TrimPrefix(name, lead))
		}
		if a := Agency(strings.TrimRight(name, ")/. ")); a != "" {
			return a, AtEnd
		}
	}
	for _, pair := range [...][2]string{{"(", ")"}, {"/", "/"}, {"（", "）"}} {
		rest, ends := strings.CutSuffix(strings.TrimRight(last, ". "), pair[1])
		if i := strings.LastIndex(rest, pair[0]); ends && i >= 0 {
			if a := Agency(rest[i+len(pair[0]):]); a != "" {
				return a, AtEnd
			}
		}
	}
	return "", ""
}
