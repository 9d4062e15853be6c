package archive

import (
	"time"

	"pressmark/extract"
	"pressmark/extract/meta"
	"pressmark/extract/notice"
)

// The article's record does not follow the article's JSON, which is made for
// people and repeats the text.

const articleVersion = 1

func articleRecord(a *extract.Article) []byte {
	w := newRecord(articleVersion)
	w.text(1, a.Title)
	w.text(2, a.Dek)
	for _, name := range a.Byline {
		w.element(3, name)
	}
	w.text(4, a.Agency)
	writeDate(w, 5, a.Published)
	writeDate(w, 6, a.Modified)
	w.text(7, a.Language)
	w.text(8, a.Canonical)
	w.text(9, a.Section)
	w.text(10, a.SiteName)
	w.text(11, string(a.Kind))
	w.text(12, a.Why)
	for _, b := range a.Blocks {
		w.message(13, func(w *recordWriter) {
			w.text(1, string(b.Kind))
			w.text(2, b.Text)
			writeDate(w, 3, b.Time)
		})
	}
	for _, r := range a.Removed {
		w.message(14, func(w *recordWriter) {
			w.text(1, r.Kind)
			w.text(2, r.Rule)
			w.text(3, r.Text)
		})
	}
	for _, tag := range a.Tags {
		w.element(15, tag)
	}
	w.text(16, a.Image)
	w.text(17, string(a.Access))
	w.text(18, a.Next)
	for _, address := range a.Pages {
		w.element(19, address)
	}
	w.text(20, string(a.PublishedFrom))
	w.text(21, a.AgencyFrom)
	return w.b
}

func readArticle(b []byte) (extract.Article, error) {
	var a extract.Article
	err := readRecord(b, articleVersion, func(field int, v value) (err error) {
		switch field {
		case 1:
			a.Title = v.text()
		case 2:
			a.Dek = v.text()
		case 3:
			a.Byline = append(a.Byline, v.text())
		case 4:
			a.Agency = v.text()
		case 5:
			a.Published, err = readDate(v.b)
		case 6:
			a.Modified, err = readDate(v.b)
		case 7:
			a.Language = v.text()
		case 8:
			a.Canonical = v.text()
		case 9:
			a.Section = v.text()
		case 10:
			a.SiteName = v.text()
		case 11:
			a.Kind = extract.Kind(v.text())
		case 12:
			a.Why = v.text()
		case 13:
			var block extract.Block
			err = fields(v.b, func(field int, v value) (err error) {
				switch field {
				case 1:
					block.Kind = extract.BlockKind(v.text())
				case 2:
					block.Text = v.text()
				case 3:
					block.Time, err = readDate(v.b)
				}
				return err
			})
			a.Blocks = append(a.Blocks, block)
		case 14:
			var r notice.Removal
			err = fields(v.b, func(field int, v value) error {
				switch field {
				case 1:
					r.Kind = v.text()
				case 2:
					r.Rule = v.text()
				case 3:
					r.Text = v.text()
				}
				return nil
			})
			a.Removed = append(a.Removed, r)
		case 15:
			a.Tags = append(a.Tags, v.text())
		case 16:
			a.Image = v.text()
		case 17:
			a.Access = meta.Access(v.text())
		case 18:
			a.Next = v.text()
		case 19:
			a.Pages = append(a.Pages, v.text())
		case 20:
			a.PublishedFrom = meta.Origin(v.text())
		case 21:
			a.AgencyFrom = v.text()
		}
		return err
	})
	return a, err
}

// A date keeps the page's own zone: that is part of what the page says.
func writeDate(w *recordWriter, field int, d meta.Date) {
	if d.IsZero() {
		return
	}
	w.message(field, func(w *recordWriter) {
		_, offset := d.Time.Zone()
		w.uint(1, zigzag(d.Time.Unix()))
		w.int(2, d.Time.Nanosecond())
		w.int(3, offset)
		w.bool(4, d.DayOnly)
	})
}

func readDate(b []byte) (meta.Date, error) {
	var seconds int64
	var nanos, offset int
	var d meta.Date
	err := fields(b, func(field int, v value) error {
		switch field {
		case 1:
			seconds = unzigzag(v.n)
		case 2:
			nanos = v.int()
		case 3:
			offset = v.int()
		case 4:
			d.DayOnly = v.bool()
		}
		return nil
	})
	zone := time.UTC
	if offset != 0 {
		zone = time.FixedZone("", offset)
	}
	d.Time = time.Unix(seconds, int64(nanos)).In(zone)
	return d, err
}
