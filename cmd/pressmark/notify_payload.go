package main

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"pressmark/archive/report"
)

// A hookChange is a change as a webhook gets it: the words, both times, both
// hashes, and a name that stays.
type hookChange struct {
	ID       string   `json:"id"`
	Versions []string `json:"versions"` // before and after, as pressmark show takes them
	report.Card
}

func hookChangeOf(c report.Card) hookChange {
	x := hookChange{ID: c.ID(), Card: c, Versions: []string{fmt.Sprintf("%s@%d", c.Page, c.From)}}
	if c.From != c.To {
		x.Versions = append(x.Versions, fmt.Sprintf("%s@%d", c.Page, c.To))
	}
	return x
}

// hookPayload is what a webhook gets.
func hookPayload(p *parcel) any {
	type head struct {
		Schema int    `json:"schema"`
		Type   string `json:"type"`
		ID     string `json:"id"`
		Report string `json:"report"`
	}
	if p.card != nil {
		return struct {
			head
			Change hookChange `json:"change"`
		}{head{1, "change", p.id, p.name}, hookChangeOf(*p.card)}
	}
	r := p.report
	list := []hookChange{}
	for _, c := range p.cards {
		list = append(list, hookChangeOf(c))
	}
	return struct {
		head
		Part        int                `json:"part"` // a long one comes in several
		Parts       int                `json:"parts"`
		Title       string             `json:"title"`
		Since       time.Time          `json:"since,omitzero"`
		Until       time.Time          `json:"until"`
		Filter      string             `json:"filter,omitempty"`
		Changed     int                `json:"changed"`
		Worth       int                `json:"worth"`
		Stealth     int                `json:"stealth"`
		Changes     []hookChange       `json:"changes"`
		Alike       []report.Alike     `json:"alike"`
		Corrections []report.Admission `json:"corrections"`
		Doubtful    []report.Card      `json:"doubtful"`
		Sites       []report.Paper     `json:"sites"`
		Unseen      []report.Unseen    `json:"unseen"`
	}{head{1, "digest", p.id, p.name}, p.part, p.parts, r.Title, r.Since, r.Until, r.Filter, r.Changed, r.Worth, r.Stealth, list, r.Alike, r.Corrections, r.Doubtful, r.Papers, r.Unseen}
}

// What a chat shows of a report: so many changes and, of each, so many letters.
const (
	chatCards   = 15
	chatLetters = 600
	ntfyBytes   = 3500 // of the 4,096 that a message may have
)

type slackText struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

type slackBlock struct {
	Type     string      `json:"type"`
	Text     *slackText  `json:"text,omitempty"`
	Elements []slackText `json:"elements,omitempty"`
}

// slackPayload is a message for an incoming webhook of Slack.
func slackPayload(p *parcel) any {
	var blocks []slackBlock
	add := func(c report.Card) {
		text := "*" + slackEscape(fit(line(c.Site), 80)) + "* " + slackLink(c.URL, fit(line(c.Title), 300)) + "\n" + slackEscape(c.Sign()+" "+c.KindWords())
		if h := c.Honesty(); h != "" {
			text += " · _" + slackEscape(h) + "_"
		}
		if g := strings.TrimSpace(c.Gist(slackEscape)); g != "" {
			text += "\n" + cutText(g, 2*chatLetters)
		}
		blocks = append(blocks, slackBlock{Type: "section", Text: &slackText{"mrkdwn", text}})
		blocks = append(blocks, slackBlock{Type: "context", Elements: []slackText{{"mrkdwn", slackEscape(smallPrint(c, p.zone))}}})
	}
	if p.card != nil {
		add(*p.card)
	} else {
		blocks = append(blocks, slackBlock{Type: "header", Text: &slackText{"plain_text", fit(line(p.subject()), 140)}})
		for i, c := range p.report.AllCards() {
			if i == chatCards {
				blocks = append(blocks, slackBlock{Type: "context", Elements: []slackText{{"mrkdwn", moreChanges(p.report, i)}}})
				break
			}
			add(c)
		}
	}
	return struct {
		Text   string       `json:"text"` // of the notification
		Blocks []slackBlock `json:"blocks"`
	}{slackEscape(line(p.subject())), blocks}
}

// slackEscape keeps text from being read as Slack's markup.
func slackEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func slackLink(address, text string) string {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return slackEscape(text)
	}
	return "<" + strings.NewReplacer("&", "&amp;", "<", "%3C", ">", "%3E", "|", "%7C").Replace(address) + "|" + slackEscape(strings.ReplaceAll(text, "|", "¦")) + ">"
}

// ntfyPayload is a message for ntfy.
func ntfyPayload(p *parcel, topic string) any {
	x := struct {
		Topic    string   `json:"topic"`
		Title    string   `json:"title"`
		Message  string   `json:"message"`
		Priority int      `json:"priority"`
		Tags     []string `json:"tags"`
		Click    string   `json:"click,omitempty"`
	}{Topic: topic, Title: fit(line(p.subject()), 200), Priority: 3, Tags: []string{"newspaper"}}
	var b strings.Builder
	cards := p.report.AllCards()
	if p.card != nil {
		cards = []report.Card{*p.card}
	}
	for i, c := range cards {
		if c.Grade == 3 {
			x.Priority = 4
		}
		if i == chatCards || b.Len() > ntfyBytes-chatLetters {
			fmt.Fprintf(&b, "\n%s", moreChanges(p.report, i))
			break
		}
		if p.card == nil {
			fmt.Fprintf(&b, "%s %s: %s\n", c.Sign(), line(c.Site), fit(line(c.Title), 150))
		}
		text := c.KindWords()
		if h := c.Honesty(); h != "" {
			text += " · " + h
		}
		b.WriteString(text + strings.TrimRight(" "+cutText(c.Gist(nil), chatLetters), " ") + "\n" + smallPrint(c, p.zone) + "\n\n")
	}
	x.Message = cutBytes(strings.TrimSpace(b.String()), ntfyBytes)
	if x.Message == "" {
		x.Message = "Nothing was changed."
	}
	if len(cards) == 1 && (strings.HasPrefix(cards[0].URL, "http://") || strings.HasPrefix(cards[0].URL, "https://")) {
		x.Click = cards[0].URL
	}
	return x
}

// smallPrint says when a change was made, and what names its versions.
func smallPrint(c report.Card, zone *time.Location) string {
	s := c.Interval(zone) + " · " + hookChangeOf(c).short()
	for _, x := range [][2]string{{"before", c.DigestOld}, {"after", c.Digest}} {
		if x[1] != "" {
			s += fmt.Sprintf(" · SHA-256 %s %.12s…", x[0], x[1])
		}
	}
	for _, w := range c.Watched {
		s += " · watch " + line(w.Watch)
	}
	return cutText(s, 2*chatLetters) // Slack refuses a message of which a part is too long
}

func (x hookChange) short() string {
	if x.From == x.To {
		return fmt.Sprintf("%.8s@%d", x.Page, x.To)
	}
	return fmt.Sprintf("%.8s@%d..%d", x.Page, x.From, x.To)
}

func moreChanges(r *report.Report, shown int) string {
	return fmt.Sprintf("and %s more: pressmark report --since %s", count(len(r.AllCards())-shown, "change"), r.Since.UTC().Format(time.RFC3339))
}

func cutText(s string, letters int) string {
	if r := []rune(s); len(r) > letters {
		return string(r[:letters]) + " …"
	}
	return s
}

func cutBytes(s string, most int) string {
	if len(s) <= most {
		return s
	}
	s = s[:most]
	for len(s) > 0 && !utf8.ValidString(s[max(0, len(s)-utf8.UTFMax):]) {
		s = s[:len(s)-1]
	}
	return s + " …"
}
