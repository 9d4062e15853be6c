package newsroom

import "time"

// A Count is what one crawl of one paper, or of all, should report, provided
// that it asks for every page that is listed or that it knows already, and
// that every earlier crawl of the list did so too.
type Count struct {
	At        time.Time
	Paper     string // "" for all papers together
	Down      bool   // the paper answers 503 throughout: nothing is learnt
	Pages     int    // article URLs asked for
	New       int    // first versions
	Changed   int    // further versions
	Same      int    // 200 with other bytes and the same text: only furniture changed
	Unchanged int    // 304
	Withdrawn int    // 410, for the first time since the article was there
	Restored  int    // an article that was withdrawn is back
	StillGone int    // 410 again
	Walls     int    // a consent wall in place of the article
	Robots    int    // listed pages left out because robots.txt forbids them
	Outside   int    // listed URLs that lead to a host out of scope
	Notices   int    // cookie notices on the article pages that were sent whole
}

// Expect says what crawls at these instants should count: for each instant
// one Count a paper, in the order of Papers, and one for all together.
func (t *Truth) Expect(crawls []time.Time) [][]Count {
	return nil
}
