package meta

import "strings"

// stateKeys are what programs call the day of publication in the data that they leave in a page.
var stateKeys = []string{
	"datePublished", "publishedDate", "published_date", "publishDate", "publish_date", "publishedAt", "published_at", "publicationDate", "publication_date",
	"firstPublished", "first_published", "firstPublicationDate", "first_publication_date", "pubDate", "pub_date", "published_time", "publishedTime", "publishTime", "displayDate", "display_date",
}

// mostState is how much of such data is read, in bytes.
const mostState = 2 << 20

// inState reads the date of publication from the data of a page's program, where
// the page states it nowhere else. Such data may be of many articles: dates that
// differ say nothing.
func inState(scripts []string, c customs) []Sighting {
	var only Sighting
	read := 0
	for _, script := range scripts {
		if read += len(script); read > mostState {
			break
		}
		for _, key := range stateKeys {
			for rest := script; ; {
				_, after, ok := strings.Cut(rest, `"`+key+`"`)
				if !ok {
					break
				}
				rest = after
				d := statedBy(value(after), c)
				switch {
				case d.date.IsZero():
				case only.Date.IsZero():
					only = Sighting{Date: d.date, From: FromScript, Role: ForPublished, Points: 40, Clock: -1}
				case dayOf(only.Date) != dayOf(d.date):
					return nil
				}
			}
		}
	}
	if only.Date.IsZero() {
		return nil
	}
	return []Sighting{only}
}

// value reads the text or the number after a key.
func value(s string) string {
	s = strings.TrimLeft(s, " :\n\t")
	if strings.HasPrefix(s, `"`) {
		s, _, _ = strings.Cut(s[1:min(len(s), 60)], `"`)
		return s
	}
	_, n := number(s, 16)
	return s[:n]
}
