package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"pressmark/archive"
	"pressmark/archive/report"
)

// sentCursor stands in the names of the cursors of reports that are sent,
// between the report's and the destination's.
const sentCursor = " → "

// firstReport is how far back a report goes that is sent by hand for the first time.
const firstReport = 24 * time.Hour

// A destination is one place that a report is sent to, with a cursor of its
// own: where one fails the others have what they have, and it gets what it
// missed.
type destination struct {
	conf   *config
	report reportConfig
	to     destinationConfig
	kind   string
	mail   string // of mail: one address
}

// destinations are all that reports are sent to.
func destinations(conf *config) (list []destination) {
	for _, r := range conf.Reports {
		for _, to := range r.To {
			d := destination{conf: conf, report: r, to: to, kind: to.kind()}
			if d.kind != "mail" {
				list = append(list, d)
				continue
			}
			for _, d.mail = range to.Mail {
				list = append(list, d)
			}
		}
	}
	return list
}

// String names the destination for people. What is behind the host of an
// address is as good as a password, and not told.
func (d *destination) String() string {
	switch d.kind {
	case "mail":
		return "mail to " + d.mail
	case "file":
		return "file " + d.to.File
	}
	raw := d.to.address()
	if strings.HasPrefix(raw, "env:") {
		return d.kind + " at " + strings.TrimPrefix(raw, "env:")
	}
	u, err := url.Parse(raw)
	if err != nil {
		return d.kind
	}
	return d.kind + " at " + u.Host
}

// cursor is the name of the destination's cursor.
func (d *destination) cursor() string {
	at := d.mail
	if at == "" {
		at = d.to.address()
	}
	sum := sha256.Sum256([]byte(at))
	return d.report.Name + sentCursor + d.kind + " " + hex.EncodeToString(sum[:4])
}

// A parcel is what is sent: a report, or one change of it.
type parcel struct {
	id     string // the same for the same content: who gets it twice can tell
	name   string // of the report
	report *report.Report
	card   *report.Card // of a message for one change
	zone   *time.Location

	cards       []report.Card // of a webhook's message
	part, parts int
}

// hookCards is how many changes go into one message to a webhook.
const hookCards = 100

// subject is the parcel in a line.
func (p *parcel) subject() string {
	if p.card != nil {
		return p.card.Site + ": " + p.card.Title
	}
	r := p.report
	s := r.Title + ": " + count(r.Changed, "change")
	if r.Worth > 0 {
		s += fmt.Sprintf(", %d worth reading", r.Worth)
	}
	return s
}

// parcels are the messages that a destination gets of a report.
func (d *destination) parcels(r *report.Report) []*parcel {
	zone := d.conf.reportZone(d.report)
	cards := r.AllCards()
	single := d.report.Digest != nil && !*d.report.Digest && d.kind != "mail" && d.kind != "file"
	if single && len(cards) > 0 {
		slices.Reverse(cards) // as they came
		var list []*parcel
		for i := range cards {
			list = append(list, &parcel{id: d.parcelID(cards[i].ID()), name: d.report.Name, report: r, card: &cards[i], zone: zone})
		}
		return list
	}
	most := max(1, len(cards))
	if d.kind == "webhook" {
		most = hookCards
		slices.Reverse(cards) // as they came: what was in a part once is in the same part when it is sent again
	}
	parts := max(1, (len(cards)+most-1)/most)
	var list []*parcel
	for part := range parts {
		p := &parcel{name: d.report.Name, report: r, zone: zone, cards: cards[part*most : min(len(cards), (part+1)*most)], part: part + 1, parts: parts}
		ids := []string{r.Since.Format(time.RFC3339)}
		for _, c := range p.cards {
			ids = append(ids, c.ID())
		}
		p.id = d.parcelID(ids...)
		list = append(list, p)
	}
	return list
}

func (d *destination) parcelID(parts ...string) string {
	sum := sha256.Sum256([]byte(d.cursor() + "\x00" + strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// A delivery is what became of sending a report to a destination.
type delivery struct {
	Report   string    `json:"report"`
	To       string    `json:"to"`
	Changes  int       `json:"changes"`
	Messages int       `json:"messages"` // 0: there was nothing to tell
	Until    time.Time `json:"until"`
	Error    string    `json:"error,omitempty"`
	kind     string
	err      error
}

// send sends a destination what it was not told yet, and then, when all of it
// has arrived, moves its cursor: a crash in between sends it again, under the
// same ids, and nothing is lost.
func (c *cli) send(ctx context.Context, store *archive.Store, d *destination, now time.Time, back backoff) (out delivery) {
	out = delivery{Report: d.report.Name, To: d.String(), Until: now.UTC(), kind: d.kind}
	fail := func(err error) delivery {
		out.Error, out.err = line(err.Error()), err
		return out
	}
	cursor, err := report.ReadCursor(store, d.cursor())
	if err != nil {
		return fail(err)
	}
	if !d.report.Empty {
		if idle, err := cursor.Idle(ctx, store, now); idle || err != nil {
			return out.moved(err)
		}
	}
	o := report.Options{Title: d.report.Title, Program: program(), Now: now, Choice: d.conf.reportChoice(d.report), Cursor: cursor}
	if cursor.Told.IsZero() {
		o.Since, o.Cursor = now.Add(-firstReport), report.Cursor{}
	}
	r, err := report.Build(ctx, store, o)
	if err != nil {
		return fail(err)
	}
	r.Cursor = ""
	if out.Changes = r.Changed; r.Changed == 0 && !d.report.Empty { // what is doubtful is no change yet
		return out.moved(cursor.Move(ctx, store, r))
	}
	for _, p := range d.parcels(r) {
		if err := c.deliver(ctx, store, d, p, back); err != nil {
			return fail(err)
		}
		out.Messages++
	}
	return out.moved(cursor.Move(ctx, store, r))
}

func (out delivery) moved(err error) delivery {
	if err != nil {
		out.Error, out.err = line(err.Error()), err
	}
	return out
}

// deliver sends one message, and tries again where that may help.
func (c *cli) deliver(ctx context.Context, store *archive.Store, d *destination, p *parcel, back backoff) error {
	var once func(context.Context) error
	switch d.kind {
	case "mail":
		once = func(ctx context.Context) error { return sendMail(ctx, d.conf, p, []string{d.mail}) }
	case "file":
		return c.fileReport(ctx, store, d, p)
	default:
		post, err := d.posting(p)
		if err != nil {
			return err
		}
		once = post.send
	}
	return back.try(ctx, once)
}

// fileReport writes a report into a file. A feed has the newest changes also
// when they were told before: who follows it sees only what it shows.
func (c *cli) fileReport(ctx context.Context, store *archive.Store, d *destination, p *parcel) error {
	at := p.report.Until.In(p.zone)
	name := strings.NewReplacer("{date}", at.Format(time.DateOnly), "{time}", at.Format("1504")).Replace(d.to.File)
	r := p.report
	if d.to.format() == "atom" {
		var err error
		r, err = report.Build(ctx, store, report.Options{Title: d.report.Title, Program: program(), Now: r.Until, Choice: d.conf.reportChoice(d.report)})
		if err != nil {
			return err
		}
	}
	w, err := c.output(d.conf.beside(name))
	if err != nil {
		return err
	}
	out := newTerminal(w, "never")
	if d.to.format() != "text" {
		return w.close(reportFormats[d.to.format()](w, r, p.zone, report.Plain))
	}
	return w.close(errors.Join(report.Text(out, r, p.zone, report.Plain), out.err))
}

// secret reads a value that the configuration has only the name of.
func secret(name string) (string, error) {
	v := os.Getenv(name)
	if v == "" {
		return "", hint(fmt.Errorf("the environment variable %s is not set", name), "whichever process sends needs it: pressmark run, or pressmark report send")
	}
	return v, nil
}
