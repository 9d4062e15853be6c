// Package meta reads what a page says about itself: titles, people, dates,
// language and address, from JSON-LD, Open Graph, microdata and the visible text,
// however badly they are written.
package meta

// A Source is where a page names its title.
type Source string

// The sources of a title.
const (
	FromHeading Source = "h1"
	FromGraph   Source = "og:title"
	FromTitle   Source = "title"
	FromJSON    Source = "json-ld"
)

// A Title is one of the names that a page gives itself.
type Title struct {
	Source Source
	Text   string
	Kicker string // what an h1 sets before its headline in an element of its own; part of Text
}

// Facts are what a page says about itself. Nothing is decided: the titles are candidates.
type Facts struct {
	Titles       []Title
	Description  string
	Descriptions []string // all that differ
	Byline       []string // people; without any, the desk or the house that signs
	Unsigned     bool     // no person is named
	Agency       string
	AgencyFrom   string // where it is credited: "json-ld", "meta", "byline"
	Published    Date
	Modified     Date
	Dates        []Sighting // every place that states one
	MonthFirst   bool       // 3/4 is in March, by the page's language and country
	Language     string     // BCP 47
	Canonical    string
	Section      string
	SiteName     string
	Image        string
	Tags         []string
	Access       Access   // who may read all of it
	Next         string   // address of the article's next page
	Pages        []string // addresses of its other pages that this one links
	ArticleBody  string   // of JSON-LD, as plain text; often cut short or stale
	Type         string   // of JSON-LD, such as "NewsArticle"; else og:type
	Types        []string // all that the page says that it is, in JSON-LD, microdata and og:type
	Updates      []Update // posts of a live blog
	Articles     int      // how many articles its structured data describes
}
