package meta

// where pages state the date of publication and of the last change in their head, surest first.
var (
	publishedNames = []string{
		"article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "date_published",
		"parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "publish_date", "published-date", "pubdate", "publication_date", "publicationdate",
		"dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "article.published", "article:post_date",
		"rbpubdate", "cxenseparse:recs:publishtime", "originalpublicationdate", "displaydate", "ptime", "article_date_original", "article:create",
		"citation_publication_date", "citation_date", "datecreated", "created", "release_date", "shareaholic:article_published_time", "weibo: article:create_at",
		"article:create_at", "bt:pubdate", "gentime", "pub_date", "vr:published_time", "newsdate", "last-publish-date", "og:pubdate", "date", "eomportal-lastupdate",
	}
	modifiedNames = []string{
		"article:modified_time", "og:article:modified_time", "og:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
		"dcterms.modified", "dc.date.modified", "article:updated_time", "article:updated", "modified_time", "revised", "updated_time", "lastmodified", "moddate",
	}
)

// dates weighs the places that show a date.
func (s *Survey) dates(f *Facts, main thing, others []thing, page string) {
	lang := f.Language
	var published, modified Date
	take := func(into *Date, text string) {
		if into.IsZero() {
			*into = stated(text, lang)
		}
	}
	address := inAddress(page)
	if main != nil {
		take(&published, main.text("datePublished"))
		take(&published, main.text("dateCreated"))
		take(&modified, main.text("dateModified"))
	}
	for _, name := range publishedNames {
		for _, v := range s.metas[name] {
			take(&published, v)
		}
	}
	for _, name := range modifiedNames {
		for _, v := range s.metas[name] {
			take(&modified, v)
		}
	}
	for _, t := range others {
		take(&published, t.text("datePublished"))
		take(&modified, t.text("dateModified"))
	}
	s.shown(&published, &modified, lang, 3)
	if published.IsZero() {
		published = address
	}
	s.shown(&published, &modified, lang, 9)
	if published.IsZero() {
		published = modified
	}
	f.Published, f.Modified = published, modified
}

// shown takes dates that stand in the page, up to a rank: those after the headline first.
func (s *Survey) shown(published, modified *Date, lang string, worst int) {
	for rank := 1; rank <= worst; rank++ {
		for _, after := range []bool{true, false} {
			for _, t := range s.times {
				if t.rank != rank || t.after != after {
					continue
				}
				into := published
				if t.changed {
					into = modified
				}
				if !into.IsZero() {
					continue
				}
				if d := stated(t.stated, lang); !d.IsZero() {
					*into = d
				} else if d := Written(t.text, lang); !d.IsZero() {
					*into = d
				}
			}
		}
	}
}
