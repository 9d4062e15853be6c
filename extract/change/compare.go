package change

import (
	"time"

	"pressmark/extract"
)

// A Snapshot is a page as it was seen at one time.
type Snapshot struct {
	Article extract.Article
	URL     string // the URL asked for
	Final   string // the URL that answered; "" means URL
	Status  int    // HTTP status; 0 means 200
	Seen    time.Time
}

// Compare tells what a reader would find different in after.
// earlier are the page's headlines before before's, oldest first.
func Compare(before, after Snapshot, earlier []string) Diff {
	return Diff{}
}
