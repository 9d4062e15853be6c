package notice

import "strings"

// subjects and forms are the two halves of generic names: "site-cookie-bar",
// "gdprNotice". One of each is needed, and the text must agree.
const (
	subjects = " cookie cookies cookielaw cookiebar cookiebanner cookienotice cookieconsent cookieinfo cookiepolicy cookiewarning cookiehint " +
		"cookiemessage cookiebox cookiealert cookiedisclaimer cookiehinweis consent gdpr gprd dsgvo rgpd avg lgpd kvkk ccpa tcf cmp privacy datenschutz rodo " +
		"eucookie eucookielaw epd eprivacy einwilligung zustimmung consentement consentimiento samtycke samtykke suostumus evaste zgoda souhlas "
	forms = " banner bar notice law popup overlay message box wrapper wrap container modal dialog alert hint info disclaimer warning policy " +
		"layer sheet panel prompt bottom top footer strip ribbon toast hinweis leiste bandeau aviso avviso melding varsel ilmoitus hint drawer " +
		"manager consent notification text content widget window settings preferences placeholder blocker blocked gate wall agreement approval "
	whole = " cookielaw cookiebar cookiebanner cookienotice cookieconsent cookieinfo cookiepolicy cookiewarning cookiehint cookiemessage cookiebox " +
		"cookiealert cookiedisclaimer cookiehinweis eucookie eucookielaw consent gdpr gprd dsgvo rgpd cookies cmp tcf "
)

// generic tells whether an id or a class sounds like a notice. It proves nothing by itself.
func generic(names string) bool {
	if !maybe(names) {
		return false
	}
	for _, token := range strings.Fields(names) {
		subject, form, alone := false, false, false
		parts(token, func(p string) {
			p = " " + p + " "
			subject = subject || strings.Contains(subjects, p)
			form = form || strings.Contains(forms, p)
			alone = alone || strings.Contains(whole, p)
		})
		if subject && form || alone {
			return true
		}
	}
	return false
}

// maybe is a quick look for any of the subjects.
func maybe(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		switch s[i] | 0x20 {
		case 'c', 'g', 'd', 'r', 'p', 'e', 'z', 's', 'l', 'k', 'a', 't':
			switch strings.ToLower(s[i : i+3]) {
			case "coo", "con", "gdp", "gpr", "dsg", "rgp", "pri", "dat", "epr", "euc", "ein", "zus", "sam", "suo", "eva", "zgo", "sou", "lgp", "kvk", "ccp", "tcf", "cmp", "rod", "avg", "epd":
				return true
			}
		}
	}
	return false
}

// parts cuts a name at punctuation and where a capital follows a small letter.
func parts(token string, yield func(string)) {
	start := 0
	flush := func(end int) {
		if end > start {
			yield(strings.ToLower(token[start:end]))
		}
	}
	for i := 0; i < len(token); i++ {
		c := token[i]
		switch {
		case c == '-' || c == '_' || c == ':' || c == '.':
			flush(i)
			start = i + 1
		case c >= 'A' && c <= 'Z' && i > start && token[i-1] >= 'a' && token[i-1] <= 'z':
			flush(i)
			start = i
		}
	}
	flush(len(token))
}
