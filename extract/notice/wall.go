package notice

// Facts are what Wall judges a page by.
type Facts struct {
	URL        string   // asked for
	Final      string   // answered, after redirects
	Status     int      // HTTP status; 0 means 200
	Title      string   // of the page
	Language   string   // of the text, where no page says it
	Source     []byte   // the markup, where it is known
	Page       *Page    // the page as ReadPage gave it, before Prune or after it; may be nil
	Prose      []string // the texts of the blocks that extraction chose; notices among them don't matter
	HasArticle bool     // structured evidence of an article: a JSON-LD body, a headline with a matching h1 …
	Claimed    bool     // only Open Graph says so, as it does on any page of many sites
	Dated      bool     // the page says when it was published
}

// Wall tells whether the page is nothing but a wall, and why, in words for
// people: a consent wall, a challenge, a "please enable JavaScript" page, a
// region block, a login, a site that is down. An article beside the wall
// vetoes; so does a single paragraph, unless the wall says that there is more
// behind it and nothing else speaks for an article: then it is a teaser.
func Wall(f Facts) (why string, is bool) {
	if f.Status == 451 {
		return "the site shuts out this region (status 451)", true
	}
	asking := consentAddress(f.Final) || f.Final == "" && consentAddress(f.URL)
	if loginAddress(f.Final) && !loginAddress(f.URL) && !f.HasArticle {
		return "the site led to its login page", true
	}
	v := view(f, asking)
	f.HasArticle = f.HasArticle && (!f.Claimed || v.paragraphs > 0)
	if !f.HasArticle && v.prose < 120 && asking {
		return "the address is that of a consent wall", true
	}
	if v.guard && v.prose < 150 && !f.HasArticle && !f.Dated {
		return string(checks), true
	}
	if v.paragraphs >= enoughParagraphs || v.prose >= enoughWords {
		return "", false
	}
	if v.total > 0 && v.total-v.scriptless <= 3 && v.scriptless >= 5 && v.consent == 0 && !f.HasArticle && !f.Dated && (v.pool[scriptWord]|v.pool[browserWord]|v.pool[turnWord] != 0) {
		return string(scripts), true // nothing but words for a browser without scripts
	}
	if f.Status == 429 && v.total > 0 && v.total <= 80 && !f.HasArticle && !f.Dated {
		return string(slow), true
	}
	if why, is := v.shuts(f); is {
		return string(why), true
	}
	if why, is := v.pools(f); is {
		return string(why), true
	}
	if v.consent+v.soft+v.hints+v.purposes == 0 || v.buttons+v.choices == 0 && (f.Page != nil || v.consent == 0) || policyAddress(f.URL) || v.policy && v.pressed < 2 || v.fields > 0 && v.consent < 20 {
		return "", false
	}
	if v.paragraphs == 0 && v.consent > 0 && v.rest+v.asides <= max(15, min(v.consent, 60)) && !(f.HasArticle && v.rest > 40) {
		return "the page holds a consent notice and no article", true
	}
	if v.paragraphs == 0 && !f.HasArticle && !f.Dated && v.rest <= 80 && (max(v.buttons, v.pressed) >= 2 || v.entrance) && (v.soft+v.purposes >= 2 && v.soft > 0 || v.entrance || v.offers || max(v.buttons, v.pressed) >= 3) {
		return "the page asks for consent and holds no article", true
	}
	if (v.soft+v.hints > 0 && v.rest <= 10 || v.purposes >= 2) && v.pressed >= 2 && v.paragraphs == 0 && v.links <= 10 && v.told == 0 && v.fields == 0 && v.total+v.consent <= 90 && !f.HasArticle && !f.Dated {
		return "the page asks for consent and holds no article", true
	}
	if v.paragraphs == 1 && v.prose <= 60 && v.entrance && v.rest+v.asides <= 80 && !v.spoken && !f.Dated {
		return "the page holds a teaser above a consent wall", true
	}
	return "", false
}

// shuts tells a page that wants proof, a script, an age, an account before it shows anything.
func (v *seen) shuts(f Facts) (wallSort, bool) {
	why := v.head
	if len(v.walls) > 0 {
		why = v.walls[0]
	}
	refused := f.Status == 403 || f.Status == 429 || f.Status == 503
	most := 120 // words
	if refused {
		most = 250
	}
	switch {
	case why == "", v.total > most, v.rest > 80, v.asides > 60:
		return "", false
	case why == forbidden && v.total < 8: // a bare refusal is an error of the server's
		return "", false
	case f.Status >= 400 && !refused, why == storing && policyAddress(f.URL):
		return "", false
	case v.paragraphs > 0 && (f.HasArticle || f.Dated):
		return "", false
	case v.policy && v.head == "":
		return "", false
	case v.asks && !v.handles() && v.total > 20: // "Why do I see this?" asks help of the site
		return "", false
	case why == accounts && v.head == "" && v.hint == "" && v.pressAs != accounts && v.passwords == 0 && (v.total > 20 || !v.entrance):
		return "", false
	case why == upkeep && v.pool[worksWord]&(v.pool[laterWord]|v.pool[shutWord]|v.pool[thingWord]) == 0 && v.total > 8:
		return "", false
	case why == adults && !v.handles() && f.Page != nil && v.total > 15:
		return "", false
	case why == scripts && v.pool[scriptWord] == 0 && v.head == "" && v.total > 25, v.told > 0 && len(v.walls) < 2 && !v.handles(), v.fields > 0 && why == adults:
		return "", false
	case (why == people || why == accounts || why == adverts || why == adults) && !v.handles() && f.Page != nil && v.total+v.consent > 40, v.fields > 1 && v.head == "" && v.passwords == 0:
		return "", false
	case v.paragraphs == 1 && v.head != "" && v.handles() && v.prose <= 20 && v.told <= v.prose:
		return why, true
	case v.paragraphs > 0: // two walls and a heading that says so may have a few words beside them
		return why, v.head != "" && len(v.walls) >= 2 && v.prose <= 12
	case len(v.walls) > 0:
		return why, v.head != "" || len(v.walls) > 1 || (!v.late || v.total <= 25 && v.told == 0) && !f.HasArticle && !f.Dated
	case v.head != "":
		return why, refused || v.asides > 0 && !f.Dated || v.total <= 40 && !f.HasArticle && !f.Dated
	}
	return "", false
}

// pools tells a small page that speaks to its reader, of one wall, with all its
// words together: its heading says one half of it and its text the other.
func (v *seen) pools(f Facts) (wallSort, bool) {
	words, prose := v.total+v.consent, v.prose-v.doubtful
	if f.HasArticle || f.Dated || v.told > 0 || words > 110 || prose > 50 || v.paragraphs > v.doubts+1 || v.doubts > 1 && v.hint == "" && v.head == "" || f.Status >= 400 && f.Status != 403 && f.Status != 429 && f.Status != 503 {
		return "", false
	}
	handles := v.handles()
	if v.shut && v.headings == 0 && words <= 25 && v.links <= 5 && !v.policy {
		return regions, true
	}
	if !handles && words > 30 || v.addressed < prose && !(handles && v.entrance && prose <= 15) || v.policy && v.head == "" {
		return "", false
	}
	w := &v.pool
	both := func(a, b languages) bool { return a&b != 0 }
	few := words <= 60 && v.links <= 15
	switch {
	case v.shut && w[thingWord] != 0 && v.addressed > 0 && words <= 50:
		return regions, v.links <= 5
	case v.pressAs == people && few && v.fields <= 1, v.puzzle && w[robotWord]|w[personWord]|w[proveWord] != 0 && v.fields <= 1,
		both(w[robotWord]|w[personWord], w[proveWord]|w[loadWord]&w[netWord]) && v.fields <= 1:
		return people, handles || words <= 30
	case both(w[browserWord]|w[netWord], w[proveWord]&w[laterWord]):
		return checks, words <= 60 && v.fields == 0
	case both(w[loadWord], w[netWord]|w[manyWord]|w[manyWord+wallSlots]) && w[laterWord] != 0:
		return slow, words <= 60
	case both(w[scriptWord], w[turnWord]) && v.pooled.in[embedded]|v.pooled.in[provider] == 0:
		return scripts, words <= 60
	case both(w[blockerWord], w[turnWord]):
		return adverts, handles
	case (v.head == adults || v.hint == adults || v.pressAs == adults) && w[ageWord] != 0 && few && v.fields == 0:
		return adults, handles
	case both(w[worksWord], w[laterWord]) && words <= 30:
		return upkeep, true
	case v.passwords > 0 && w[accountWord] != 0 && few && !loginAddress(f.URL): // whoever asks for the login page gets what he asked for
		return accounts, v.paragraphs == 0
	case both(w[accountWord], w[readWord]|w[meterWord]) && handles && few && v.fields <= 2 &&
		(v.head == accounts || v.hint == accounts || v.pressAs == accounts || w[meterWord] != 0 || v.passwords > 0):
		return accounts, true
	}
	return "", false
}

// handles tells a page with something to press, to tick or to fill in that lets its reader in.
func (v *seen) handles() bool {
	return v.pressed > 0 || v.passwords > 0 || v.puzzle || v.choices > 0 && v.choices <= 6
}
