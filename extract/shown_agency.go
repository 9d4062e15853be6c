package extract

import (
	"strings"

	"pressmark/extract/meta"
)

// Where an agency's credit stands in the text; the page's own words for it are meta's.
const (
	inDateline = "dateline" // "PORTO (Reuters) -"
	atEnd      = "text end" // "(dpa)", alone or behind the last sentence
)

// agencyIn finds the wire service that the text itself credits: in brackets
// within the dateline, or at the very end.
func agencyIn(blocks []Block) (agency, from string) {
	const reach = 90 // bytes that a dateline may take
	for i := range min(len(blocks), 3) {
		text := blocks[i].Text
		head := text[:min(len(text), reach)]
		for _, pair := range [...][2]string{{"(", ")"}, {"（", "）"}, {"【", "】"}} {
			before, rest, _ := strings.Cut(head, pair[0])
			inside, after, closed := strings.Cut(rest, pair[1])
			if !closed || len(strings.Fields(before)) > 6 || strings.ContainsAny(before, ".!?") || strings.TrimSpace(after) == "" && len(text) < reach && len(blocks) < 2 {
				continue
			}
			if a := meta.Agency(inside); a != "" {
				return a, inDateline
			}
		}
		for _, wire := range [...]string{"新华社", "新華社", "中新社", "中新网"} {
			if strings.HasPrefix(text, wire) {
				return meta.Agency(wire), inDateline
			}
		}
	}
	if len(blocks) == 0 {
		return "", ""
	}
	last := strings.TrimSpace(blocks[len(blocks)-1].Text)
	if len(last) < 60 {
		name := strings.TrimLeft(last, "(©— –-/")
		for _, lead := range [...]string{"Quelle:", "Source:", "Fuente:", "Fonte:", "Kilde:", "Källa:", "Bron:", "Źródło:", "Источник:"} {
			name = strings.TrimSpace(strings.TrimPrefix(name, lead))
		}
		if a := meta.Agency(strings.TrimRight(name, ")/. ")); a != "" {
			return a, atEnd
		}
	}
	for _, pair := range [...][2]string{{"(", ")"}, {"/", "/"}, {"（", "）"}} {
		rest, ends := strings.CutSuffix(strings.TrimRight(last, ". "), pair[1])
		if i := strings.LastIndex(rest, pair[0]); ends && i >= 0 {
			if a := meta.Agency(rest[i+len(pair[0]):]); a != "" {
				return a, atEnd
			}
		}
	}
	return "", ""
}
