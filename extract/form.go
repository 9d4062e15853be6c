package extract

import (
	"encoding/json"

	"pressmark/extract/meta"
)

// A Form is an Article as JSON, field by field in the published order.
// It has no methods of its own, so that it can be embedded where more is to
// be said of the article:
//
//	json.Marshal(struct {
//		ID  string `json:"id"`
//		URL string `json:"url"`
//		extract.Form
//		MS float64 `json:"ms"`
//	}{id, url, article.Form(), ms})
type Form struct {
	Canonical     string      `json:"canonical"`
	SiteName      string      `json:"site_name"`
	Title         string      `json:"title"`
	Dek           string      `json:"dek"`
	Byline        []string    `json:"byline"`
	Agency        string      `json:"agency"`
	AgencyFrom    string      `json:"agency_from,omitempty"` // "json-ld", "meta", "byline", "dateline" or "text end"
	Published     meta.Date   `json:"published"`
	Modified      meta.Date   `json:"modified"`
	PublishedFrom meta.Origin `json:"published_from,omitempty"` // where: "json-ld", "meta", "microdata", "time", "text", "url", "title" or "data"
	Language      string      `json:"language"`
	Section       string      `json:"section"`
	Tags          []string    `json:"tags"`
	Image         string      `json:"image"`
	Access        meta.Access `json:"access"` // "free", "metered", "paid" or "" when the page does not say
	Next          string      `json:"next"`
	Pages         []string    `json:"pages"`
	Kind          Kind        `json:"kind"`
	Why           string      `json:"why"`
	Text          string      `json:"text"` // Blocks joined by blank lines; written, and ignored when read
	Blocks        []Block     `json:"blocks"`
	Removed       []Removal   `json:"removed"`
}

// Form gives the article's JSON form. Its lists are never null.
func (a Article) Form() Form {
	return Form{
		Canonical: a.Canonical, SiteName: a.SiteName, Title: a.Title, Dek: a.Dek,
		Byline: append([]string{}, a.Byline...), Agency: a.Agency, AgencyFrom: a.AgencyFrom,
		Published: a.Published, Modified: a.Modified, PublishedFrom: a.PublishedFrom, Language: a.Language, Section: a.Section,
		Tags: append([]string{}, a.Tags...), Image: a.Image, Access: a.Access, Next: a.Next, Pages: append([]string{}, a.Pages...),
		Kind: a.Kind, Why: a.Why, Text: a.Text(),
		Blocks: append([]Block{}, a.Blocks...), Removed: append([]Removal{}, a.Removed...),
	}
}

// Article gives back the article that f describes. Text is ignored: the blocks have it.
func (f Form) Article() Article {
	return Article{
		Title: f.Title, Dek: f.Dek, Byline: f.Byline, Agency: f.Agency, AgencyFrom: f.AgencyFrom,
		Published: f.Published, Modified: f.Modified, PublishedFrom: f.PublishedFrom, Language: f.Language,
		Canonical: f.Canonical, Section: f.Section, SiteName: f.SiteName,
		Tags: f.Tags, Image: f.Image, Access: f.Access, Next: f.Next, Pages: f.Pages,
		Kind: f.Kind, Why: f.Why, Blocks: f.Blocks, Removed: f.Removed,
	}
}

// MarshalJSON writes the article's Form.
func (a Article) MarshalJSON() ([]byte, error) { return json.Marshal(a.Form()) }

// UnmarshalJSON reads what MarshalJSON writes.
func (a *Article) UnmarshalJSON(b []byte) error {
	var f Form
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	*a = f.Article()
	return nil
}
