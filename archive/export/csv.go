package export

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"pressmark/archive"
)

// columns are those of the CSV form, in order.
var columns = []string{
	"id", "version", "site", "url", "title", "dek", "byline", "agency", "published", "modified", "language", "section",
	"kind", "words", "first_seen", "last_seen", "digest", "story", "relation", "text",
}

// CSV writes a table with a header (RFC 4180) and returns the number of its rows.
// Several names of a byline are joined by "; ".
// Text is written as it is: a spreadsheet may take a cell that begins with "=" for a formula.
func CSV(ctx context.Context, w io.Writer, store *archive.Store, o Options) (int, error) {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return 0, err
	}
	n, err := each(ctx, store, o, func(v archive.Version) error {
		r, err := RecordOf(store, v)
		if err != nil {
			return err
		}
		return out.Write([]string{
			r.ID, strconv.Itoa(r.Version), r.Site, r.URL, r.Title, r.Dek, strings.Join(r.Byline, "; "), r.Agency,
			r.Published.String(), r.Modified.String(), r.Language, r.Section, string(r.Kind),
			strconv.Itoa(len(strings.Fields(r.Text))), r.FirstSeen.Format(time.RFC3339), r.LastSeen.Format(time.RFC3339),
			r.Digest, r.Story, string(r.Relation), r.Text,
		})
	})
	out.Flush()
	return n, errors.Join(err, out.Error())
}
