package meta

import (
	"regexp"
	"strings"
	"unicode"
)

// agencies are wire services by the words that credit them, lower case.
var agencies = map[string]string{
	"afp": "AFP", "agence france-presse": "AFP", "agence france presse": "AFP", "reuters": "Reuters", "thomson reuters": "Reuters",
	"ap": "AP", "associated press": "AP", "the associated press": "AP", "dpa": "dpa", "deutsche presse-agentur": "dpa", "dpa-infocom": "dpa",
	"ansa": "ANSA", "agenzia ansa": "ANSA", "redazione ansa": "ANSA", "efe": "EFE", "agencia efe": "EFE", "europa press": "Europa Press", "apa": "APA",
	"xinhua": "Xinhua", "新华社": "Xinhua", "新华网": "Xinhua", "tass": "TASS", "тасс": "TASS", "interfax": "Interfax", "интерфакс": "Interfax",
	"риа новости": "RIA Novosti", "ria novosti": "RIA Novosti", "pa": "PA Media", "pa media": "PA Media", "press association": "PA Media",
	"pti": "PTI", "press trust of india": "PTI", "ani": "ANI", "ians": "IANS", "kyodo": "Kyodo", "kyodo news": "Kyodo", "共同通信": "Kyodo", "共同": "Kyodo",
	"時事通信": "Jiji", "jiji press": "Jiji", "yonhap": "Yonhap", "yonhap news agency": "Yonhap", "연합뉴스": "Yonhap", "sid": "SID",
	"sport-informations-dienst": "SID", "kna": "KNA", "epd": "epd", "keystone-sda": "Keystone-SDA", "sda": "Keystone-SDA", "belga": "Belga",
	"anp": "ANP", "lusa": "Lusa", "agência lusa": "Lusa", "ntb": "NTB", "tt": "TT", "ritzau": "Ritzau", "stt": "STT", "pap": "PAP", "čtk": "ČTK",
	"ctk": "ČTK", "mti": "MTI", "anadolu": "Anadolu", "anadolu agency": "Anadolu", "anadolu ajansı": "Anadolu", "aa": "Anadolu", "dha": "DHA", "iha": "İHA",
	"the canadian press": "The Canadian Press", "canadian press": "The Canadian Press", "aap": "AAP", "ats": "Keystone-ATS", "adnkronos": "Adnkronos",
	"antara": "Antara", "bernama": "Bernama", "укринформ": "Ukrinform", "ukrinform": "Ukrinform", "унiан": "UNIAN", "agerpres": "Agerpres", "mediafax": "Mediafax",
	"tanjug": "Tanjug", "hina": "HINA", "tasr": "TASR", "sita": "SITA", "bns": "BNS", "elta": "ELTA", "中新社": "CNS", "agência brasil": "Agência Brasil",
	"estadão conteúdo": "Estadão Conteúdo", "folhapress": "Folhapress", "télam": "Télam", "telam": "Télam", "notimex": "Notimex",
}

// agencyOf gives the wire service that a name credits, or "".
func agencyOf(name string) string {
	n := strings.ToLower(strings.Trim(name, " .()[]"))
	if a := agencies[n]; a != "" {
		return a
	}
	if rest, ok := strings.CutPrefix(n, "the "); ok {
		return agencies[rest]
	}
	return ""
}

var (
	byWord = regexp.MustCompile(`(?i)^(?:alles\s+von\s+|(?:veröffentlicht|erstellt|geschrieben|verfasst|publié|rédigé|écrit|publicado|escrito|scritto|pubblicato|geplaatst|geschreven|skrevet|skriven)\s+(?:von|par|por|da|door|av|af)\s+|(?:(?:written|posted|published|reported|story|words|text|edited|report|article|review(?:ed)?|photos?|analysis|opinion|comment)\s+)?by\b[:\s]*|(?:ein\s+\S+\s+)?von\s+|vom\s+|autor(?:in|en|a|es)?\s*:\s*|auteure?s?\s*:\s*|par\s+(?:notre\s+\S+\s+)?|por\s+|di\s+|av\s+|af\s+|door\s+|text:?\s+|texte\s*:\s*|author\s*:\s*|автор\s*:?\s*|yazar\s*:\s*|oleh\s+|napsal[a]?\s+|från\s+|od\s+|作者\s*[:：]\s*|文\s*[/／]\s*|記者\s*|记者\s*|撰文\s*[:：]\s*)`)
	apart  = regexp.MustCompile(`\s*(?:[;|•·/\n、，]|,|\s[-–—]\s|\s&\s|\s\+\s|(?:^|\s)(?i:and|und|et|og|och|en|with|mit|avec|com|con|и|ja|oraz|ve)(?:\s|$))\s*`)
	yAnd   = regexp.MustCompile(`\s+(?:y|e|i|a)\s+`)
	mail   = regexp.MustCompile(`\S+@\S+|https?://\S+|www\.\S+|(?:^|\s)@\S+`)
	tail   = regexp.MustCompile(`(?i)\s*(?:\(.*?\)|\bupdated\b.*|\s(?:am|kontakt|le|on)$|\bpublished\b.*|\bposted\b.*|\bfor\s+(?:the\s+)?[A-Z].*|\bon\s+[a-z]+ \d.*|\bin\s+[A-Z]\S*$|\d.*)$`)
)

// roles are words that tell a job from a name.
var roles = map[string]bool{
	"editor": true, "reporter": true, "correspondent": true, "writer": true, "columnist": true, "journalist": true, "journalistin": true, "redakteur": true,
	"redakteurin": true, "redaktion": true, "redaktör": true, "staff": true, "producer": true, "chief": true, "analyst": true, "contributor": true,
	"contributing": true, "senior": true, "deputy": true, "korrespondent": true, "korrespondentin": true, "journaliste": true, "rédaction": true, "redacción": true,
	"redazione": true, "redação": true, "redakcja": true, "redactie": true, "редакция": true, "phd": true, "md": true, "jr": true, "sr": true, "dr": true, "mph": true,
	"rd": true, "director": true, "manager": true, "ceo": true, "founder": true, "author": true, "photographer": true, "bureau": true, "desk": true, "team": true,
	"author:": true, "professor": true, "news": true, "msc": true, "esq": true, "ii": true, "iii": true,
}

// never are values that templates put where an author should be.
var never = map[string]bool{
	"admin": true, "administrator": true, "root": true, "webmaster": true, "author": true, "autor": true, "auteur": true, "unknown": true, "null": true, "none": true,
	"undefined": true, "wordpress": true, "guest": true, "user": true, "name": true, "by": true, "anonymous": true, "n/a": true, "false": true, "true": true,
	"about the author": true, "see all posts": true, "view all posts": true, "website": true, "facebook": true, "twitter": true, "follow": true, "posted by": true,
	"no author": true, "agencies": true, "agency": true, "link": true, "datum": true, "veröffentlicht": true, "erstellt": true, "kontakt": true, "staff writer": true, "web desk": true,
	"see full bio": true, "full bio": true, "view bio": true, "read bio": true, "more by this author": true,
	"autor/in": true, "autorin": true, "autoren": true, "published": true, "updated": true, "email": true, "bio": true, "contributor": true, "home": true,
}

// People cuts a credit as it is printed into names. Agencies go apart; desks
// ("Redaktion", the paper's own name) are kept only when nobody is named.
func People(credit string) (names []string, agency string) {
	credit = squeeze(mail.ReplaceAllString(unescape(credit), " "))
	if len(credit) > 400 {
		return nil, ""
	}
	credit = byWord.ReplaceAllString(credit, "")
	var desks []string
	for _, part := range apart.Split(credit, 20) {
		part = byWord.ReplaceAllString(squeeze(part), "")
		part = strings.Trim(tail.ReplaceAllString(part, ""), " .:,-–—|*\"“”[]()")
		part = withoutTrail(part, len(names) > 0)
		if part == "" || never[strings.ToLower(part)] {
			continue
		}
		if a := agencyOf(part); a != "" {
			if agency == "" {
				agency = a
			}
			continue
		}
		for _, one := range yAnd.Split(part, 4) {
			switch {
			case person(one):
				names = appendNew(names, one)
			case one != "" && len(one) < 60 && len(names) == 0:
				desks = appendNew(desks, one)
			}
		}
	}
	if len(names) == 0 && len(desks) > 0 {
		names = desks[:1]
	}
	return names, agency
}

// withoutTrail takes jobs and dates off the end of a name, and drops degrees
// ("MS", "RD") that follow one.
func withoutTrail(part string, named bool) string {
	words := strings.Fields(part)
	if len(words) == 1 {
		w := strings.ToLower(strings.Trim(words[0], "."))
		if month(w) > 0 || weekdays[w] || named && len(w) <= 6 && words[0] == strings.ToUpper(words[0]) && agencyOf(part) == "" {
			return ""
		}
		return part
	}
	for len(words) > 1 {
		w := strings.ToLower(strings.Trim(words[len(words)-1], ".,"))
		if !(roles[w] && len(words) > 2) && month(w) == 0 && !weekdays[w] {
			break
		}
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

var weekdays = map[string]bool{
	"mon": true, "tue": true, "wed": true, "thu": true, "fri": true, "sat": true, "sun": true, "monday": true, "tuesday": true, "wednesday": true, "thursday": true,
	"friday": true, "saturday": true, "sunday": true, "montag": true, "dienstag": true, "mittwoch": true, "donnerstag": true, "freitag": true, "samstag": true, "sonntag": true,
}

// person tells whether a text can be the name of somebody, and not of a desk or a job.
func person(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 || len(s) > 60 {
		return false
	}
	wide, small := false, 0
	for i, w := range words {
		r := []rune(w)
		switch {
		case roles[strings.ToLower(strings.Trim(w, ".,"))]:
			return false
		case r[0] > 0x0e00:
			wide = true
		case !unicode.IsLetter(r[0]):
			return false
		case unicode.IsLower(r[0]) && i > 0:
			small++
		}
	}
	return wide || len(words) == 1 || small*2 <= len(words)+1
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return list
		}
	}
	return append(list, s)
}
