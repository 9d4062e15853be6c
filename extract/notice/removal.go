package notice

// A Removal is a piece of text that was taken off a page, kept as evidence
// with the reason. It is never part of the article.
type Removal struct {
	Kind string `json:"kind"` // notice, wall, placeholder, caption, byline, related, newsletter, share, advert, navigation, comments, author, boilerplate, title, filter
	Rule string `json:"rule"` // the rule that took it, such as "vendor/onetrust" or "text/consent-en"
	Text string `json:"text"`
}
