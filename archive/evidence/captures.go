package evidence

import (
	"errors"
	"fmt"
	"time"

	"pressmark/archive"
	"pressmark/archive/export"
)

// A captureFacts is what article.json says of a capture.
type captureFacts struct {
	Capture   archive.Seq `json:"capture"`
	URL       string      `json:"url"`
	Final     string      `json:"final"`
	Fetched   time.Time   `json:"fetched"`
	Status    int         `json:"status"`
	SHA256    string      `json:"sha256,omitempty"` // of the body
	Headers   string      `json:"headers_file,omitempty"`
	Body      string      `json:"body_file,omitempty"` // the same for captures with the same body
	RevisitOf archive.Seq `json:"revisit_of,omitempty"`
	Gone      string      `json:"gone,omitempty"` // why the body is no longer kept
	Leaf      *int64      `json:"leaf,omitempty"`
}

// captures writes headers and bodies, each body once.
func (p *packer) captures() error {
	bodies := map[archive.Digest]string{}
	for c, err := range p.store.CapturesOf(p.ctx, p.span.Page) {
		if err != nil && !errors.Is(err, archive.ErrDamaged) {
			return err
		}
		if err != nil || !p.within(c) {
			continue
		}
		p.Captures++
		f := captureFacts{Capture: c.Seq, URL: c.URL, Final: c.Final, Fetched: c.FetchedAt.UTC(), Status: c.Status, RevisitOf: c.RevisitOf, Gone: string(c.Erased)}
		if c.Digest != (archive.Digest{}) {
			f.SHA256 = c.Digest.String()
		}
		if c.Erased != archive.TakenDown {
			f.Headers = fmt.Sprintf("captures/%d.headers.txt", c.Seq)
			if err := p.bytes(f.Headers, archive.HeaderLines(c.Header)); err != nil {
				return err
			}
			leaf, err := p.store.ProveCapture(c.Seq, p.o.Taken.Size)
			if f.Leaf, err = p.leaf(leaf, err); err != nil {
				return err
			}
		}
		if f.Body = bodies[c.Digest]; f.Body == "" && c.Erased == "" {
			whole, err := p.store.Capture(c.Seq)
			switch {
			case errors.Is(err, archive.ErrErased): // it is that of another capture
				f.Gone = "the body is no longer kept"
			case err != nil:
				return err
			case len(whole.Body) > 0:
				f.Body = fmt.Sprintf("captures/%d.body", c.Seq)
				if err := p.bytes(f.Body, whole.Body); err != nil {
					return err
				}
				bodies[c.Digest] = f.Body
				p.Bodies++
			}
		}
		if f.Gone != "" {
			p.Gone++
		}
		p.looks = append(p.looks, f)
	}
	return nil
}

func (p *packer) within(c archive.Capture) bool {
	return c.Page == p.span.Page && c.FetchedAt.After(p.span.Since) && (p.span.Until.IsZero() || !c.FetchedAt.After(p.span.Until))
}

// warc writes the captures as web archives exchange them.
func (p *packer) warc() error {
	_, err := export.WARC(p.ctx, folder{p}, p.store, export.WARCOptions{Filter: p.span, Name: func(int) string { return "captures.warc" }})
	return err
}
