package newsroom

import "time"

// A Paper is one publication of the world.
type Paper struct {
	Name     string
	URL      string // of its home page
	Language string
	Note     string // what a crawler meets there, in a few words
}

// A paper is a Paper with its habits.
type paper struct {
	Paper
	key        string // the folder of its articles, and the name of its templates
	zone       *time.Location
	charset    string // as the pages name it
	sections   []section
	about      string // path of the page with the masthead
	masthead   []string
	newsletter string     // the sentence in the box below each article
	notice     string     // the notice on each page that names no other
	form       string     // of an article's path; %s are section, date and slug
	hidden     string     // the same, of an article that robots.txt forbids
	validators validators // what its server tells of a page's age
	robots     string     // "" answers 404
	counters   bool       // pages show view counts and ages, which step every six hours
	outage     Outage
	links      []link // feeds that its pages announce
	base       string // "http://127.0.0.1:40211"
	articles   []*article
}

type section struct{ Slug, Name string }

type link struct{ Path, Type, Title string }

// validators says which of the two a server sends.
type validators struct{ etag, weak, lastModified bool }

// press is the papers in the order of their addresses.
func press() []*paper {
	london, paris, orrin := time.UTC, time.FixedZone("", 3600), time.FixedZone("", -5*3600)
	return []*paper{{
		Paper: Paper{Name: "The Harbour Gazette", Language: "en", Note: "feed + news sitemap, in-text cookie notices"},
		key:   "gazette", zone: london, charset: "utf-8",
		sections: []section{{"news", "News"}, {"harbour", "Harbour"}, {"business", "Business"},
			{"culture", "Culture"}, {"opinion", "Opinion"}, {"sport", "Sport"}},
		about: "/about",
		masthead: []string{"News desk: Mara Quillfeather", "Harbour desk: Tom Askew", "City hall: Edmund Vane",
			"Health and business: Priya Lockhart", "Culture: Wilhelmina Crake", "Printed on Rope Walk since 1881"},
		newsletter: "The Morning Tide: our news from the quays, in your inbox at seven.",
		form:       "/%[1]s/%[3]s", hidden: "/premium/%[3]s",
		validators: validators{etag: true, weak: true, lastModified: true},
		robots:     "User-agent: *\nDisallow: /premium/\nDisallow: /search\nDisallow: /_newsroom\n",
		links:      []link{{"/feed.xml", "application/rss+xml", "The Harbour Gazette"}},
	}, {
		Paper: Paper{Name: "Northern Wire", Language: "en", Note: "agency, Atom feed, consent wall in front of some pages"},
		key:   "wire", zone: london, charset: "utf-8",
		sections: []section{{"politics", "Politics"}, {"diplomacy", "Diplomacy"}, {"economy", "Economy"},
			{"transport", "Transport"}, {"culture", "Culture"}},
		about: "/about",
		masthead: []string{"Orrin: Anneke Tarrow, Nell Harkaway", "Haldorf: Piet Sandoval",
			"Port Merrow: Joris Kettleman", "Pictures: L. Brandt"},
		newsletter: "Northern Wire delivers to sixty newsrooms on both sides of the sound.",
		notice:     "page-wire",
		form:       "/%[2]s/%[3]s",
		validators: validators{etag: true},
		robots:     "User-agent: *\nDisallow: /account/\n",
		links:      []link{{"/atom.xml", "application/atom+xml", "Northern Wire, all news"}},
	}, {
		Paper: Paper{Name: "Le Petit Exemple", Language: "fr", Note: "French, windows-1252, no feed and no sitemap"},
		key:   "exemple", zone: paris, charset: "windows-1252",
		sections: []section{{"ville", "La ville"}, {"politique", "Politique"}, {"culture", "Culture"}},
		about:    "/a-propos",
		masthead: []string{"Ville : Odile Fontclaire", "Politique : Lucien Mortefontaine",
			"Culture et villages : Solène Haudricourt", "Imprimé rue du Vieux-Puits, à Lormelle"},
		newsletter: "Le Petit Exemple du soir : recevez chaque jour nos titres à dix-huit heures.",
		form:       "/%[1]s/%[3]s.html", hidden: "/abonnes/%[3]s.html",
		validators: validators{lastModified: true},
		robots:     "User-agent: *\nDisallow: /abonnes/\n",
	}, {
		Paper: Paper{Name: "Daily Spin", Language: "en", Note: "JSON Feed, copies of agency stories, view counts, an outage"},
		key:   "spin", zone: orrin, charset: "utf-8",
		sections: []section{{"world", "World"}, {"money", "Money"}, {"health", "Health"}, {"weird", "Weird"}},
		about:    "/about",
		masthead: []string{"Weird: Dilly Marchbanks, Rafe Tolliver", "World and money: Cosmo Bright"},

		newsletter: "Spun daily: the ten stories that everybody clicks on.",
		form:       "/story/%[3]s",
		validators: validators{etag: true, lastModified: true},
		counters:   true,
		outage:     Outage{Paper: "Daily Spin", From: Start.Add(3*24*time.Hour + 17*time.Hour), To: Start.Add(3*24*time.Hour + 19*time.Hour)},
		links:      []link{{"/feed.json", "application/feed+json", "Daily Spin"}},
	}}
}
